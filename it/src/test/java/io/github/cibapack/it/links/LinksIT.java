// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pack links to is there, in each version that the table of versions names. */
class LinksIT {

    @Test
    void serverHasWhatThePackLinksToAndSaysSoOnce() {
        KeycloakServer server = Servers.shared();
        await("the start-up check")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !lines(server, "INFO").isEmpty());

        assertThat(lines(server, "ERROR")).isEmpty();
        assertThat(lines(server, "INFO"))
                .filteredOn(line -> line.contains("has what the pack links to"))
                .hasSize(1)
                .first()
                .asString()
                .contains("Keycloak " + Workspace.current().keycloakVersion());
    }

    @Test
    void jarChecksAKeycloakThatDoesNotRun() throws Exception {
        Path libraries = Workspace.current().distribution().resolve("lib");

        LinkCheck whole = LinkCheck.of(libraries);
        assertThat(whole.status()).as(whole.output()).isZero();
        assertThat(whole.output()).contains("0 of ");

        LinkCheck nothing = LinkCheck.of(libraries.resolve("quarkus-run.jar"));
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.output()).contains("org.keycloak.models.KeycloakSession");

        assertThat(LinkCheck.of().status()).isEqualTo(2);
    }

    private static List<String> lines(KeycloakServer server, String level) {
        return server.logs()
                .lines()
                .filter(line -> line.contains(level + " "))
                .filter(line -> line.contains("[io.github.cibapack.health.LinkReport]"))
                .toList();
    }
}
