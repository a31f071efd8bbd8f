// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

/** Behind Caddy. */
class CaddyAttacksIT extends GatewayAttacks {
    CaddyAttacksIT() {
        super(GatewayKind.CADDY);
    }
}
