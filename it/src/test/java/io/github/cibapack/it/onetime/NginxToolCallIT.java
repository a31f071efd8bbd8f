// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

/** Behind nginx, {@code auth_request}. */
class NginxToolCallIT extends ToolCalls {
    NginxToolCallIT() {
        super(GatewayKind.NGINX);
    }
}
