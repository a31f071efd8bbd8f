// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalScreen;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The main job as three parties live it: a relying party that talks HTTP, a mail that arrives
 * through SMTP, and a person in a browser.
 */
@BrowserTest
class MainJobIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    @Tag("CIBA-Core-10.1.1")
    void approvalGivesTokensAtTheDocumentedEndpoints(Page page) throws Exception {
        approvalGivesTokens(REALM.gasPump(), "Pump 1: $50 of gas", page);
    }

    @Test
    @Tag("CIBA-Core-10.1.1")
    void approvalGivesTokensAtKeycloaksOwnEndpoints(Page page) throws Exception {
        approvalGivesTokens(REALM.gasPump().atKeycloakEndpoints(), "Pump-2", page);
    }

    @Test
    @Tag("CIBA-Core-10.1.1")
    void approvalGivesTokensToAClientThatPostsItsSecret(Page page) throws Exception {
        approvalGivesTokens(REALM.gasPumpPost(), "Pump 3: $50 of gas", page);
    }

    @Test
    @Tag("CIBA-Core-11")
    void denialIsToldAtTheDocumentedEndpoints(Page page) {
        Answer refused = denialIsTold(REALM.gasPump(), "Pump 4: $50 of gas", page);

        assertThat(refused.errorDescription())
                .matches(
                        "The request could not be completed\\. There was an issue processing the"
                                + " request\\.: The authorization request has been denied\\."
                                + " \\(Correlation ID: [0-9a-f-]{36}\\)");
    }

    @Test
    @Tag("CIBA-Core-11")
    void denialIsToldAtKeycloaksOwnEndpoints(Page page) {
        denialIsTold(REALM.gasPump().atKeycloakEndpoints(), "Pump-5", page);
    }

    private static void approvalGivesTokens(RelyingParty pump, String bindingMessage, Page page)
            throws Exception {
        Answer started = pump.start("alice", bindingMessage);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail = mailWith(bindingMessage);
        ApprovalScreen screen = ApprovalScreen.open(page, mail.magicLink());
        assertThat(screen.card()).contains("Gas Pump", bindingMessage);

        Instant before = second(Instant.now());
        screen.approve();
        Instant after = Instant.now();
        assertThat(screen.heading()).isEqualTo("Approved");
        awaitNextSecondAfter(after);
        Answer tokens = pump.pollUntilDecided(started);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualToIgnoringCase("Bearer");
        assertThat(tokens.text("access_token")).isNotEmpty();
        assertThat(tokens.header("Cache-Control")).contains("no-store");
        JWTClaimsSet claims = IdTokenVerifier.of(pump).verify(tokens.text("id_token"));
        assertThat(claims.getSubject()).isEqualTo(REALM.userId("alice"));
        assertThat(claims.getAudience()).containsExactly(pump.clientId());
        assertThat(Instant.ofEpochSecond(claims.getLongClaim("auth_time")))
                .as("the moment of the decision, not of the poll")
                .isBetween(before, second(after));
    }

    private static Answer denialIsTold(RelyingParty pump, String bindingMessage, Page page) {
        Answer started = pump.start("alice", bindingMessage);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail = mailWith(bindingMessage);

        ApprovalScreen screen = ApprovalScreen.open(page, mail.magicLink()).deny();
        Answer refused = pump.pollUntilDecided(started);

        assertThat(screen.heading()).isEqualTo("Denied");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("access_denied");
        assertThat(refused.body()).doesNotContain("id_token", "access_token");
        return refused;
    }

    /** By its message: what Keycloak's own endpoint hands out as the request id is never shown. */
    private static ReceivedMail mailWith(String bindingMessage) {
        return REALM.mailbox().await(mail -> mail.mentions(bindingMessage), Duration.ofSeconds(20));
    }

    /** So that a token that was stamped at the poll would show. */
    private static void awaitNextSecondAfter(Instant moment) {
        Awaitility.await("the next second")
                .pollInterval(Duration.ofMillis(50))
                .until(() -> second(Instant.now()).isAfter(second(moment)));
    }

    private static Instant second(Instant moment) {
        return Instant.ofEpochSecond(moment.getEpochSecond());
    }
}
