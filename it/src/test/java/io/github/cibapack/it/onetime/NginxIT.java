// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

/** Behind nginx, {@code auth_request}. */
class NginxIT extends GatewayContract {
    NginxIT() {
        super(GatewayKind.NGINX);
    }
}
