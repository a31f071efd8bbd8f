// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clock;

import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;

/**
 * The one server of the test run whose clock is put forward, so that nobody waits for an expiry, an
 * interval or a pause; started on first use, stopped with the JVM. The classes that use it run one
 * after the other. Its clock stays ahead: what the test's own clock judges, such as the times in an
 * ID token, is for another server.
 */
public final class ClockServer {

    private static KeycloakServer server;

    private ClockServer() {}

    /** The server; take its clock with {@link FakeClock#of}. */
    public static synchronized KeycloakServer shared() {
        if (server == null) {
            server = Servers.start(ServerOptions.furnished());
        }
        return server;
    }
}
