// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where Keycloak keeps its single-use store in the database, so are the counters of a day. The
 * database is a file, which a container would not share.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the database file is on this machine, not in the container")
@OwnServer
class RestartIT {

    private static final String REALM = "restarted";

    @Test
    void daysCounterIsRightAfterARestart(@TempDir Path directory) {
        ServerOptions options =
                ServerOptions.defaults()
                        .withBuildOptions("--features=stateless")
                        .withRuntimeOptions(
                                "--db-url=jdbc:h2:file:%s;NON_KEYWORDS=VALUE"
                                        .formatted(directory.resolve("keycloak")));
        try (Mailbox mailbox = Mailbox.start()) {
            try (KeycloakServer server = Servers.start(options)) {
                AdminApi.of(server).createRealm(realm(mailbox).json());
                assertThat(start(server).status()).isEqualTo(200);
                assertThat(start(server).status()).isEqualTo(200);
                assertThat(start(server).status()).isEqualTo(403);
            }
            try (KeycloakServer server = Servers.start(options)) {
                Answer refused = start(server);

                assertThat(refused.status()).as(refused.body()).isEqualTo(403);
                assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            }
        }
    }

    private static RealmDocument realm(Mailbox mailbox) {
        return RealmDocument.shipped()
                .named(REALM)
                .mailTo("127.0.0.1", mailbox.port())
                .component("ciba-notification-policy", "name", "default", "total", "4");
    }

    private static Answer start(KeycloakServer server) {
        return RelyingParty.of(server, REALM, "gas-pump", "gas-pump-secret").start("alice", "once");
    }
}
