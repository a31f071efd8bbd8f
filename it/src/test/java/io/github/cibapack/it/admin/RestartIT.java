// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three starts over one database, which also holds the single-use store: what the server says of
 * the pack after each, and what it still knows. The database is a file, which a container would not
 * share.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the database file is on this machine, not in the container")
@TestMethodOrder(OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnServer
@NeedsKeycloak(value = "26.7", because = "the feature stateless")
class RestartIT {

    private static final String LIMITED = "limited";

    @TempDir private static Path directory;

    private final Mailbox mailbox = Mailbox.start();
    private KeycloakServer server;

    @BeforeAll
    void makeRealms() {
        server = Servers.start(options());
        AdminApi admin = AdminApi.of(server);
        admin.createRealm(RealmDocument.shipped().named("sound").cheap().json());
        RealmDocument unsound = RealmDocument.shipped().named("unsound").cheap();
        ProblemsIT.contradict(unsound);
        admin.createRealm(unsound.json());
        ProblemsIT.contradictFurther(admin, "unsound");
        RealmDocument unused = RealmDocument.shipped().named("unused").cheap();
        unused.json().remove("smtpServer");
        unused.json().withArrayProperty("clients").removeAll();
        admin.createRealm(unused.json());
        admin.createRealm(
                RealmDocument.shipped()
                        .named(LIMITED)
                        .cheap()
                        .mailTo("127.0.0.1", mailbox.port())
                        .component("ciba-notification-policy", "name", "default", "total", "4")
                        .json());
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
        mailbox.close();
    }

    @Test
    @Order(1)
    void firstStartHasNothingToWarnOf() {
        assertThat(lines("INFO", "Keycloak CIBA Pack")).hasSize(1);
        assertThat(lines("WARN", "Realm '")).isEmpty();
    }

    @Test
    @Order(2)
    void daysCounterIsRightAfterARestart() {
        assertThat(start().status()).isEqualTo(200);
        assertThat(start().status()).isEqualTo(200);
        assertThat(start().status()).isEqualTo(403);

        restart(options());
        Answer refused = start();

        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @Test
    @Order(3)
    void eachContradictionIsOneWarningAndASoundRealmIsNone() {
        Awaitility.await("the end of the check")
                .atMost(Duration.ofSeconds(30))
                .until(() -> lines("DEBUG", "were checked").size() == 1);

        assertThat(lines("WARN", "Realm '"))
                .hasSize(6)
                .allMatch(line -> line.contains("Realm 'unsound': "))
                .anyMatch(line -> line.contains("'kiosk' is public"))
                .anyMatch(line -> line.contains("no mail server"))
                .anyMatch(line -> line.contains("'lost' names the CIBA policy 'gone'"))
                .anyMatch(line -> line.contains("'unlimited'"))
                .anyMatch(line -> line.contains("'deaf' is in ping mode"))
                .anyMatch(line -> line.contains("'strict' asks for a login"));
    }

    @Test
    @Order(4)
    void logAndServerInfoTellWhatIsInstalled() {
        assertThat(lines("INFO", "Keycloak CIBA Pack"))
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
        assertThat(lines("INFO", "Keycloak CIBA Pack").get(0))
                .contains("Keycloak CIBA Pack " + info.path("version").asText());
        assertThat(info.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
        assertThat(info.path("built-for-keycloak").asText()).matches("26\\.[0-9]+\\.[0-9]+");
        assertThat(info.path("authentication-channel").asText()).isEqualTo("ciba-email");
    }

    @Test
    @Order(5)
    void adminMaySwitchTheCheckOff() {
        restart(
                options()
                        .withRuntimeOptions(
                                "--spi-admin-realm-restapi-extension--ciba--checked-realms=0"));

        assertThat(lines("INFO", "Keycloak CIBA Pack")).hasSize(1);
        assertThat(lines("WARN", "Realm '")).isEmpty();
    }

    private static ServerOptions options() {
        return ServerOptions.defaults()
                .withBuildOptions("--features=stateless")
                .withRuntimeOptions("--log-level=info,io.github.cibapack.health:debug")
                .withDatabaseIn(directory.resolve("keycloak"));
    }

    private void restart(ServerOptions options) {
        server.close();
        server = Servers.start(options);
    }

    private Answer start() {
        return RelyingParty.of(server, LIMITED, "gas-pump", "gas-pump-secret")
                .start("alice", "once");
    }

    private List<String> lines(String level, String text) {
        return server.logs()
                .lines()
                .filter(line -> line.contains(level + " "))
                .filter(line -> line.contains("[io.github.cibapack.health"))
                .filter(line -> line.contains(text))
                .toList();
    }
}
