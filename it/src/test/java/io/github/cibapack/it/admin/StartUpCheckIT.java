// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server says of the pack after its start. The database is a file, which a container would
 * not share.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the database file is on this machine, not in the container")
@OwnServer
class StartUpCheckIT {

    @Test
    void eachContradictionIsOneWarningAndASoundRealmIsNone(@TempDir Path directory) {
        ServerOptions options =
                ServerOptions.defaults()
                        .withBuildOptions("--features=stateless")
                        .withRuntimeOptions(
                                "--log-level=info,io.github.cibapack.health:debug",
                                "--db-url=jdbc:h2:file:%s;NON_KEYWORDS=VALUE"
                                        .formatted(directory.resolve("keycloak")));
        try (KeycloakServer server = Servers.start(options)) {
            AdminApi admin = AdminApi.of(server);
            assertThat(lines(server, "INFO", "Keycloak CIBA Pack")).hasSize(1);
            admin.createRealm(RealmDocument.shipped().named("sound").json());
            RealmDocument unsound = RealmDocument.shipped().named("unsound");
            ProblemsIT.contradict(unsound);
            admin.createRealm(unsound.json());
            ProblemsIT.contradictFurther(admin, "unsound");
            RealmDocument unused = RealmDocument.shipped().named("unused");
            unused.json().remove("smtpServer");
            unused.json().withArrayProperty("clients").removeAll();
            admin.createRealm(unused.json());
            assertThat(lines(server, "WARN", "Realm '")).isEmpty();
        }
        try (KeycloakServer server = Servers.start(options)) {
            Awaitility.await("the end of the check")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> lines(server, "DEBUG", "were checked").size() == 1);
            assertInstalled(server);
            assertThat(lines(server, "WARN", "Realm '"))
                    .hasSize(6)
                    .allMatch(line -> line.contains("Realm 'unsound': "))
                    .anyMatch(line -> line.contains("'kiosk' is public"))
                    .anyMatch(line -> line.contains("no mail server"))
                    .anyMatch(line -> line.contains("'lost' names the CIBA policy 'gone'"))
                    .anyMatch(line -> line.contains("'unlimited'"))
                    .anyMatch(line -> line.contains("'deaf' is in ping mode"))
                    .anyMatch(line -> line.contains("'strict' asks for a login"));
        }
        try (KeycloakServer server =
                Servers.start(
                        options.withRuntimeOptions(
                                "--spi-admin-realm-restapi-extension--ciba--checked-realms=0"))) {
            assertThat(lines(server, "INFO", "Keycloak CIBA Pack")).hasSize(1);
            assertThat(lines(server, "WARN", "Realm '")).isEmpty();
        }
    }

    private static void assertInstalled(KeycloakServer server) {
        assertThat(lines(server, "INFO", "Keycloak CIBA Pack"))
                .hasSize(1)
                .first()
                .asString()
                .contains(
                        "authentication channel 'ciba-email'",
                        "login-user resolver 'ciba-pack'",
                        "e-mail templates 'ciba-pack'");
        JsonNode info =
                AdminApi.of(server)
                        .serverInfo()
                        .at(
                                "/providers/admin-realm-restapi-extension/providers/ciba/operationalInfo");
        assertThat(lines(server, "INFO", "Keycloak CIBA Pack").get(0))
                .contains("Keycloak CIBA Pack " + info.path("version").asText());
        assertThat(info.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
        assertThat(info.path("built-for-keycloak").asText()).matches("26\\.[0-9]+\\.[0-9]+");
        assertThat(info.path("authentication-channel").asText()).isEqualTo("ciba-email");
    }

    private static List<String> lines(KeycloakServer server, String level, String text) {
        return server.logs()
                .lines()
                .filter(line -> line.contains(level + " "))
                .filter(line -> line.contains("[io.github.cibapack.health"))
                .filter(line -> line.contains(text))
                .toList();
    }
}
