// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

/** Behind nginx. */
class NginxAttacksIT extends GatewayAttacks {
    NginxAttacksIT() {
        super(GatewayKind.NGINX);
    }
}
