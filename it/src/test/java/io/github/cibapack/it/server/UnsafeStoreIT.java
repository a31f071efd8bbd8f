// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.store.BrokenStoreFactory;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server whose store tells everybody that they were first (CVE-2026-90997). */
@OwnServer
class UnsafeStoreIT {
    private static final String REALM = "unsafe";
    private static final ServerOptions OPTIONS =
            ServerOptions.featured().withRuntimeOptions(BrokenStoreFactory.BROKEN);

    @Test
    void nothingOfThePackIsServedAndAllElseIs() {
        try (KeycloakServer server = Servers.start(OPTIONS)) {
            RelyingParty pump = prepare(server, "127.0.0.1", 1);
            await("the start-up check")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> errors(server).size() == 1);
            assertThat(errors(server).get(0))
                    .contains("CVE-2026-90997", "26.7.4", "accept-unsafe-store", "H2");

            assertOutOfService(pump.start("alice", "Pump 4"));
            assertOutOfService(pump.poll("1c266114-a1be-4700-8ad1-04986c5b9ac1"));
            assertOutOfService(get(server, "/ciba/approve/abc"));
            assertOutOfService(get(server, "/ciba/requests"));
            assertOutOfService(get(server, "/one-time-authorization/transfers"));
            Answer keycloaks = pump.atKeycloakEndpoints().start("alice", "Pump4");
            assertThat(keycloaks.status()).as(keycloaks.body()).isEqualTo(503);

            assertThat(get(server, "/.well-known/openid-configuration").status()).isEqualTo(200);
            assertThat(get(server, "/account").status()).isEqualTo(200);
        }
    }

    @Test
    void adminWhoTakesTheRiskIsServed() throws Exception {
        try (Mailbox mailbox = Mailbox.start();
                KeycloakServer server =
                        Servers.start(
                                OPTIONS.withRuntimeOptions(
                                        "--spi-admin-realm-restapi-extension--ciba"
                                                + "--accept-unsafe-store=true"))) {
            RelyingParty pump = prepare(server, server.smtpHost(), mailbox.port());
            Answer started = pump.start("alice", "Pump 4");
            URI link = mailbox.awaitMailFor(started.authReqId()).magicLink();
            ApprovalForm.decide(link, "approve");

            assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);
            assertThat(errors(server)).hasSize(1);
        }
    }

    private static RelyingParty prepare(KeycloakServer server, String smtpHost, int smtpPort) {
        RealmDocument realm =
                RealmDocument.shipped().named(REALM).cheap().mailTo(smtpHost, smtpPort);
        String secret = realm.client("gas-pump").path("secret").asText();
        AdminApi.of(server).createRealm(realm.json());
        return RelyingParty.of(server, REALM, "gas-pump", secret);
    }

    private static Answer get(KeycloakServer server, String path) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(server.url("/realms/" + REALM + path)).build());
    }

    private static void assertOutOfService(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.error()).isEqualTo("server_error");
        assertThat(answer.errorDescription()).contains("out of service");
    }

    private static List<String> errors(KeycloakServer server) {
        return server.logs()
                .lines()
                .filter(line -> line.contains("ERROR [io.github.cibapack."))
                .toList();
    }
}
