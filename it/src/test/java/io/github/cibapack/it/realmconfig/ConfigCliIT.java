// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Servers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The file for keycloak-config-cli, whose JAR is in no Maven repository: {@code
 * -Dit.config-cli.jar=<path>} names one. It needs a newer Java than the server: {@code
 * -Dit.config-cli.java=<path>}.
 */
@EnabledIfSystemProperty(
        named = "it.config-cli.jar",
        matches = ".+",
        disabledReason = "no keycloak-config-cli: name its JAR with -Dit.config-cli.jar=<path>")
class ConfigCliIT {

    @Test
    void fileMakesARealmThatIsUsedHoweverOftenItRuns() {
        KeycloakServer server = Servers.shared();
        run(server);
        run(server);

        try (ExistingRealm realm = ExistingRealm.found(server, "ciba-config-cli")) {
            Answer started = realm.approve(realm.relyingParty("gas-pump", "gas-pump-secret"));

            assertThat(started.json().path("expires_in").asInt()).isEqualTo(180);
            assertThat(realm.call("GET", "/components?providerId=ciba-policy", null).json())
                    .hasSize(1);
        }
    }

    private static void run(KeycloakServer server) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        CommandLine.run(
                Map.of(),
                System.getProperty("it.config-cli.java", java),
                "-jar",
                System.getProperty("it.config-cli.jar"),
                "--keycloak.url=" + server.baseUrl(),
                "--keycloak.user=admin",
                "--keycloak.password=admin",
                "--import.managed.component=no-delete",
                "--import.files.locations=" + RealmConfig.file("ciba.config-cli.yaml"));
    }
}
