// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

/** Behind Caddy, {@code forward_auth}. */
class CaddyToolCallIT extends ToolCalls {
    CaddyToolCallIT() {
        super(GatewayKind.CADDY);
    }
}
