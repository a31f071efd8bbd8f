// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;

/**
 * The one server of the test run with the features of Keycloak that change what a client may ask
 * for; started on first use, stopped with the JVM.
 */
public final class FeaturesServer {
    private static KeycloakServer server;

    private FeaturesServer() {}

    public static synchronized KeycloakServer shared() {
        if (server == null) {
            server = Servers.start(ServerOptions.featured());
        }
        return server;
    }
}
