// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.Workspace;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The single-use store in a MariaDB: what it does not keep is found out, on Keycloak 26.7.3 ({@code
 * -Dit.keycloak.version=26.7.3}).
 */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "starts a database: ./mvnw -Pcluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("ports of a cluster")
@OwnServer
class MariaDbIT {
    private static final String REALM = "on-mariadb";
    private static final String ACCEPT =
            "--spi-admin-realm-restapi-extension--ciba--accept-unsafe-store=true";

    @TempDir static Path folder;

    private static MariaDb database;
    private static Mailbox mailbox;
    private static RealmDocument realm;

    @BeforeAll
    static void startDatabase() throws Exception {
        assumeThat(Workspace.current().keycloakVersion())
                .as("a Keycloak that lets everybody win")
                .isEqualTo("26.7.3");
        assumeThat(MariaDb.isInstalled()).as("Debian's package mariadb-server").isTrue();
        database = MariaDb.start(folder);
        mailbox = Mailbox.start();
        realm = RealmDocument.shipped().named(REALM).mailTo("127.0.0.1", mailbox.port());
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        if (database != null) {
            mailbox.close();
            database.close();
        }
    }

    @Test
    @Order(1)
    void storeThatLetsEverybodyWinTakesApprovalsOutOfService() {
        try (KeycloakServer server = Servers.start(options())) {
            AdminApi.of(server).createRealm(realm.json());

            assertThat(pump(server).start("alice", "Pump 4").status()).isEqualTo(503);
            await("the start-up check")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> lines(server, "CVE-2026-90997").size() == 1);
            assertThat(lines(server, "CVE-2026-90997").get(0)).contains("MariaDB", "'jpa'");
            assertThat(lines(server, "READ COMMITTED")).hasSize(1);
        }
    }

    @Test
    @Order(2)
    void pageShowsWhatWasTakenThoughTransactionsSeeAnOlderState() {
        try (KeycloakServer server = Servers.start(options().withRuntimeOptions(ACCEPT))) {
            RelyingParty pump = pump(server);
            Answer started = pump.start("alice", "Pump 4");
            URI link = mailbox.awaitMailFor(started.authReqId()).magicLink();

            assertThat(ApprovalForm.decide(link, "approve").body())
                    .contains("ciba-result-approved");
            assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);
        }
    }

    @Test
    @Order(3)
    void underReadCommittedNothingIsToBeWarnedOf() {
        ServerOptions readCommitted =
                options()
                        .withRuntimeOptions(
                                "--db-url="
                                        + database.jdbcUrl()
                                        + "?transactionIsolation=read-committed",
                                ACCEPT);
        try (KeycloakServer server = Servers.start(readCommitted)) {
            await("the start-up check")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> lines(server, "CVE-2026-90997").size() == 1);
            assertThat(pump(server).start("alice", "Pump 5").status()).isEqualTo(200);
            assertThat(lines(server, "READ COMMITTED")).isEmpty();
        }
    }

    private static RelyingParty pump(KeycloakServer server) {
        return RelyingParty.of(
                server, REALM, "gas-pump", realm.client("gas-pump").path("secret").asText());
    }

    private static ServerOptions options() {
        return ServerOptions.defaults()
                .withBuildOptions("--db=mariadb", "--features=stateless")
                .withRuntimeOptions(
                        "--db-url=" + database.jdbcUrl(),
                        "--db-username=" + MariaDb.USER,
                        "--db-password=" + MariaDb.PASSWORD);
    }

    private static List<String> lines(KeycloakServer server, String part) {
        return server.logs()
                .lines()
                .filter(line -> line.contains("io.github.cibapack.health"))
                .filter(line -> line.contains(part))
                .toList();
    }
}
