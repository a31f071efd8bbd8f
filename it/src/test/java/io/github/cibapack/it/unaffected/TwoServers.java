// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;

/**
 * Two servers that differ by the JAR alone. Both have Keycloak's HTTP channel, set up with nothing
 * but its URI; started on first use, stopped with the JVM.
 */
final class TwoServers {

    /** Who is asked on both. {@link HttpChannelIT} alone reads what came in. */
    static final DecoupledServer DECOUPLED = DecoupledServer.start();

    static final ServerOptions URI_ONLY =
            ServerOptions.defaults().withRuntimeOptions(DECOUPLED.option());

    private static KeycloakServer withPack;
    private static KeycloakServer withoutPack;

    private TwoServers() {}

    static synchronized KeycloakServer withPack() {
        if (withPack == null) {
            withPack = Servers.start(URI_ONLY);
        }
        return withPack;
    }

    static synchronized KeycloakServer withoutPack() {
        if (withoutPack == null) {
            withoutPack = Servers.start(URI_ONLY.withoutPack());
        }
        return withoutPack;
    }
}
