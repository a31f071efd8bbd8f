// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's own endpoints: its behaviour and its texts, with the pack's mail and page. */
class NativeEndpointIT {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    void answerIsKeycloaks() {
        Answer started = pump().start("alice", message());

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("auth_req_id", "expires_in", "interval");
        assertThat(started.json().path("expires_in")).isEqualTo(Json.MAPPER.valueToTree(120));
        assertThat(started.json().path("interval").isInt()).isTrue();
        assertThat(started.authReqId()).doesNotMatch(Documented.UUID_FORM);
        assertThat(started.header("X-Correlation-ID")).isEmpty();
    }

    @Test
    void approvedRequestGetsTokens() throws ParseException {
        String message = message();
        Answer started = pump().start("alice", message);
        ReceivedMail mail = mailWith(message);
        assertThat(mail.to()).containsExactly("alice@ciba-demo.example");
        long before = Instant.now().getEpochSecond();
        Person.approves(mail);
        long after = Instant.now().getEpochSecond();
        awaitAnotherSecond();

        Answer tokens = pump().poll(started.authReqId());

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("refresh_token")).as("Keycloak's own rule").isNotEmpty();
        JWTClaimsSet claims = IdTokenVerifier.of(pump()).verify(tokens.text("id_token"));
        assertThat(claims.getSubject()).isEqualTo(REALM.userId("alice"));
        assertThat(claims.getAudience()).containsExactly("gas-pump");
        assertThat(claims.getLongClaim("auth_time")).isBetween(before, after);
        assertPoll(pump(), started, "invalid_grant", "Invalid auth_req_id");
    }

    @Test
    void undecidedRequestIsPendingInKeycloaksWords() {
        Answer started = pump().start("alice", message());

        assertPoll(
                pump(),
                started,
                "authorization_pending",
                "The authorization request is still pending as the end-user hasn't yet been"
                        + " authenticated.");
        assertPoll(pump(), started, "slow_down", "too early to access");
    }

    @Test
    void deniedRequestIsRefusedInKeycloaksWords() {
        String message = message();
        Answer started = pump().start("alice", message);
        Person.denies(mailWith(message));

        assertPoll(pump(), started, "access_denied", "not authorized");
    }

    @Test
    void keycloaksRuleForBindingMessagesStays() {
        Answer answer = pump().start("alice", "Pump 4: $50 of gas");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_binding_message");
    }

    @ParameterizedTest
    @CsvSource({"nobody-here, 400, invalid_request", "carol, 400, invalid_request"})
    void unknownUserIsRefusedInKeycloaksWay(String hint, int status, String error) {
        Answer answer = pump().start(Form.of("scope", "openid", "login_hint", hint));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void userWithoutVerifiedAddressIsRefusedBeforeTheChannelIsCalled() {
        Answer answer = pump().start(Form.of("scope", "openid", "login_hint", "bob"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.errorDescription())
                .matches(".*\\(Correlation ID: " + Documented.UUID_FORM + "\\)");
    }

    /** Whatever else a request holds, it is the hint that says who is meant. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void additionalParametersNeverChangeWhoIsMeant(boolean keycloaks) {
        RelyingParty pump = keycloaks ? pump() : REALM.gasPump();
        String bob = REALM.userId("bob");
        for (List<String> names :
                List.of(
                        List.of("sub", "username", "user", "preferred_username", "email"),
                        List.of("jti", "azp", "aud", "iss", "exp"),
                        List.of("auth_result_id", "iat", "nbf", "typ", "id"))) {
            String message = message();
            Form form =
                    Form.of("scope", "openid", "login_hint", "alice", "binding_message", message);
            for (String name : names) {
                form = form.and(name, bob);
            }
            Answer started = pump.start(form);
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            ReceivedMail mail = mailWith(message);
            assertThat(mail.to()).containsExactly("alice@ciba-demo.example");
            Person.approves(mail);

            Answer tokens = pump.poll(started.authReqId());

            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
            assertThat(IdTokenVerifier.of(pump).verify(tokens.text("id_token")).getSubject())
                    .isEqualTo(REALM.userId("alice"));
        }
    }

    private static RelyingParty pump() {
        return REALM.gasPump().atKeycloakEndpoints();
    }

    private static void assertPoll(
            RelyingParty pump, Answer started, String error, String description) {
        Answer poll = pump.poll(started.authReqId());
        assertThat(poll.status()).as(poll.body()).isEqualTo(400);
        assertThat(poll.error()).isEqualTo(error);
        assertThat(poll.errorDescription()).isEqualTo(description);
    }

    /** Keycloak's own endpoint takes no spaces. */
    private static String message() {
        return "Pump-" + UUID.randomUUID();
    }

    private static ReceivedMail mailWith(String message) {
        return REALM.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT);
    }

    private static void awaitAnotherSecond() {
        long now = Instant.now().getEpochSecond();
        Awaitility.await("another second").until(() -> Instant.now().getEpochSecond() > now);
    }
}
