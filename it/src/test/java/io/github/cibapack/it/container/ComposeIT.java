// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** {@code docker compose up}, with an image that is built from this build's JAR. */
@OwnServer
@EnabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "needs a container engine: -Pcontainers")
class ComposeIT {

    private static final String MESSAGE = "Pump 4: $50 of gas";
    private static final Pattern LINK = Pattern.compile("http://\\S+/ciba/approve/[^\\s\"<]+");

    private static ComposedServer server;

    @BeforeAll
    static void up() {
        server = ComposedServer.up();
    }

    @AfterAll
    static void down() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void requestIsMailedApprovedAndRedeemed() {
        RelyingParty pump = RelyingParty.of(server, "ciba-demo", "gas-pump", "gas-pump-secret");
        Answer started = pump.start("alice", MESSAGE);
        assertThat(started.status()).as(started.body()).isEqualTo(200);

        URI link =
                Awaitility.await("the mail")
                        .atMost(Duration.ofSeconds(30))
                        .until(ComposeIT::mailedLink, Optional::isPresent)
                        .orElseThrow();
        assertThat(link.getPort()).isEqualTo(server.baseUrl().getPort());
        assertThat(ApprovalForm.decide(link, "approve").status()).isEqualTo(200);

        Answer tokens = pump.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    @Test
    void mailboxIsAPage() {
        assertThat(get(server.mailbox() + "/").body()).contains("<title>");
    }

    @Test
    void serverRunsWithoutPrivileges() {
        assertThat(server.run("exec", "-T", "keycloak", "id", "-u").strip()).endsWith("1000");
    }

    private static Optional<URI> mailedLink() {
        for (JsonNode mail : get(server.mailbox() + "/email").json()) {
            String text = mail.path("text").asText();
            Matcher link = LINK.matcher(text);
            if (text.contains(MESSAGE) && link.find()) {
                return Optional.of(URI.create(link.group()));
            }
        }
        return Optional.empty();
    }

    private static Answer get(String uri) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10)).build());
    }
}
