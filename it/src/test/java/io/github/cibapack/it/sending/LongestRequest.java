// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.ServerOptions;

/** What a flood is made of, and a server that has little memory for it. */
public final class LongestRequest {
    private LongestRequest() {}

    /** Values as long as they may be, for somebody. */
    public static Form to(String loginHint) {
        return Form.of(
                "scope",
                "openid profile email",
                "login_hint",
                loginHint,
                "acr_values",
                "a".repeat(2048),
                "binding_message",
                "語".repeat(256),
                "request_context",
                "{\"user_agent\":\"" + "語".repeat(512) + "\"}",
                "requested_expiry",
                "3600");
    }

    /** A server that ends when its memory does. */
    public static ServerOptions smallServer() {
        return ServerOptions.defaults()
                .withEnvironment("_JAVA_OPTIONS", "-Xmx256m -XX:+ExitOnOutOfMemoryError");
    }
}
