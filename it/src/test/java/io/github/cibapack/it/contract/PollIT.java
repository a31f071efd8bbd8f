// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertForm;
import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static io.github.cibapack.it.contract.Documented.correlationId;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST as/token} with the CIBA grant: the documented texts and who gets tokens. */
@Tag("CIBA-Core-10.1")
class PollIT {

    /** The documented descriptions, to the letter, up to the correlation id. */
    private static final String PENDING =
            "The request could not be completed. There was an issue processing the request.: "
                    + "The authorization request is still pending. (Correlation ID: ";

    private static final String SLOW_DOWN =
            "The request could not be completed. There was an issue processing the request.: "
                    + "The authorization request is still pending. Please slow down the poll "
                    + "requests. (Correlation ID: ";
    private static final String DENIED =
            "The request could not be completed. There was an issue processing the request.: "
                    + "The authorization request has been denied. (Correlation ID: ";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("olga");
                                realm.addUser("nora").remove("realmRoles");
                            });

    @Test
    @Tag("CIBA-Core-11")
    @Clause("11-1")
    void undecidedIsPending() {
        Answer poll = REALM.gasPump().poll(started().authReqId());

        assertRefusal(poll, 400, "authorization_pending");
        assertThat(poll.errorDescription()).isEqualTo(PENDING + correlationId(poll) + ")");
    }

    @Test
    @Tag("CIBA-Core-11")
    @Clause({"10.1-4", "11-2"})
    void pollBeforeTheIntervalIsOverIsToldToSlowDown() {
        String id = started().authReqId();
        REALM.gasPump().poll(id);

        Answer poll = REALM.gasPump().poll(id);

        assertRefusal(poll, 400, "slow_down");
        assertThat(poll.errorDescription()).isEqualTo(SLOW_DOWN + correlationId(poll) + ")");
        Awaitility.await("the interval to be over")
                .atMost(Duration.ofSeconds(10))
                .until(() -> REALM.gasPump().poll(id).error().equals("authorization_pending"));
    }

    @Test
    @Tag("CIBA-Core-11")
    @Clause({"8-3", "11-4"})
    void deniedStaysDenied() {
        String id = started().authReqId();
        Person.denies(REALM.mailbox().awaitMailFor(id));

        for (int i = 0; i < 3; i++) {
            Answer poll = REALM.gasPump().poll(id);
            assertRefusal(poll, 400, "access_denied");
            assertThat(poll.errorDescription()).isEqualTo(DENIED + correlationId(poll) + ")");
        }
    }

    @Test
    @Clause("10.1.1-1")
    void approvedGetsTokensAtOnceHoweverEarlyThePoll() {
        String id = started().authReqId();
        REALM.gasPump().poll(id);
        Person.approves(REALM.mailbox().awaitMailFor(id));

        Answer tokens = REALM.gasPump().poll(id);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertForm(tokens);
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        assertThat(tokens.text("access_token")).isNotEmpty();
        assertThat(tokens.json().path("expires_in").asInt()).isPositive();
        assertThat(tokens.text("scope").split(" ")).contains("openid");
    }

    @Test
    @Tag("OIDC-Core-3.1.3.7")
    @Clause("10.1.1-2")
    void idTokenNamesTheUserTheClientAndTheMomentOfTheDecision() throws ParseException {
        Answer started = REALM.gasPumpPost().start("alice", "Pump 4");
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());
        awaitAnotherSecond();
        long before = Instant.now().getEpochSecond();
        Person.approves(mail);
        long after = Instant.now().getEpochSecond();
        awaitAnotherSecond();

        Answer tokens = REALM.gasPumpPost().poll(started.authReqId());

        JWTClaimsSet claims =
                IdTokenVerifier.of(REALM.gasPumpPost()).verify(tokens.text("id_token"));
        assertThat(claims.getSubject()).isEqualTo(REALM.userId("alice"));
        assertThat(claims.getAudience()).containsExactly("gas-pump-post");
        assertThat(claims.getLongClaim("auth_time")).isBetween(before, after);
    }

    @Test
    @Clause("10.1.1-3")
    void requestIsRedeemedOnce() {
        String id = started().authReqId();
        Person.approves(REALM.mailbox().awaitMailFor(id));
        assertThat(REALM.gasPump().poll(id).status()).isEqualTo(200);

        assertRefusal(REALM.gasPump().poll(id), 400, "invalid_grant");
        assertRefusal(REALM.gasPump().poll(id), 400, "invalid_grant");
    }

    @Test
    @Clause({"10.1-3", "11-5"})
    void anotherClientsIdIsInvalidAndStaysGoodForItsOwner() {
        String id = started().authReqId();
        assertRefusal(REALM.gasPumpPost().poll(id), 400, "invalid_grant");
        Person.approves(REALM.mailbox().awaitMailFor(id));

        assertRefusal(REALM.gasPumpPost().poll(id), 400, "invalid_grant");
        assertThat(REALM.gasPump().poll(id).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "../../x", "as.", "x\u0000", "{{7*7}}"})
    void whatIsNoIdIsInvalid(String id) {
        assertRefusal(REALM.gasPump().poll(id), 400, "invalid_grant");
        assertRefusal(REALM.gasPump().poll("as." + UUID.randomUUID()), 400, "invalid_grant");
    }

    @Test
    @Clause("11-5")
    void unknownIdIsInvalid() {
        assertRefusal(REALM.gasPump().poll(UUID.randomUUID().toString()), 400, "invalid_grant");
    }

    @Test
    void idsAreRedeemedWhereTheyWereStarted() {
        String documented = started().authReqId();
        Person.approves(REALM.mailbox().awaitMailFor(documented));
        Answer atKeycloak = REALM.gasPump().atKeycloakEndpoints().start("alice", "Native-1");
        ReceivedMail mail = mailWith("Native-1");
        Person.approves(mail);
        RelyingParty keycloaks = REALM.gasPump().atKeycloakEndpoints();

        assertRefusal(REALM.gasPump().poll(atKeycloak.authReqId()), 400, "invalid_grant");
        assertRefusal(REALM.gasPump().poll(requestIdIn(mail)), 400, "invalid_grant");
        assertThat(keycloaks.poll(documented).error()).isEqualTo("invalid_grant");
        assertThat(keycloaks.poll(requestIdIn(mail)).error()).isEqualTo("invalid_grant");

        assertThat(REALM.gasPump().poll(documented).status()).isEqualTo(200);
        assertThat(keycloaks.poll(atKeycloak.authReqId()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    @Clause({"10.1-2", "11-8"})
    void missingIdIsSaid(String empty) {
        RelyingParty pump = REALM.gasPump();
        Form without = Form.of("grant_type", RelyingParty.GRANT_TYPE);

        assertRefusal(pump.send(pump.tokenEndpoint(), without), 400, "invalid_request");
        assertRefusal(
                pump.send(pump.tokenEndpoint(), without.and("auth_req_id", empty)),
                400,
                "invalid_request");
    }

    @Test
    void otherContentTypesAreRefused() {
        RelyingParty pump = REALM.gasPump();
        HttpRequest json =
                HttpRequest.newBuilder(pump.tokenEndpoint())
                        .header("Authorization", pump.basic())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))
                        .build();

        assertRefusal(RelyingParty.exchange(json), 400, "invalid_request");
    }

    @NeedsKeycloak(
            value = "26.5",
            because = "before, tokens come with a refresh token, asked for or not")
    @Test
    void refreshTokenIsForThoseWhoAskForOfflineAccess() {
        assertThat(tokensFor("openid").json().has("refresh_token")).isFalse();
        assertThat(tokensFor("openid profile").json().has("refresh_token")).isFalse();

        Answer offline = tokensFor("openid offline_access", "olga");
        assertThat(offline.text("refresh_token")).isNotEmpty();
        Answer refreshed =
                REALM.gasPump()
                        .send(
                                REALM.gasPump().tokenEndpoint(),
                                Form.of(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        offline.text("refresh_token")));
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
    }

    @NeedsKeycloak(
            value = "26.5",
            because = "before, tokens come with a refresh token, asked for or not")
    @Test
    void offlineAccessThatTheUserMayNotGiveIsLeftOut() {
        Answer tokens = approvedPoll("openid offline_access", "nora");

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().has("refresh_token")).isFalse();
        assertThat(tokens.text("scope")).doesNotContain("offline_access");
    }

    private static Answer approvedPoll(String scope, String user) {
        Answer started = REALM.gasPump().start(Form.of("scope", scope, "login_hint", user));
        Person.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        return REALM.gasPump().poll(started.authReqId());
    }

    private static Answer tokensFor(String scope) {
        return tokensFor(scope, "alice");
    }

    private static Answer tokensFor(String scope, String user) {
        Answer tokens = approvedPoll(scope, user);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens;
    }

    private static Answer started() {
        Answer started = REALM.gasPump().start("alice", "Pump 4: $50 of gas");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static ReceivedMail mailWith(String bindingMessage) {
        return REALM.mailbox().await(m -> m.mentions(bindingMessage), Duration.ofSeconds(20));
    }

    private static String requestIdIn(ReceivedMail mail) {
        Matcher ids = Pattern.compile(Documented.UUID_FORM).matcher(mail.text());
        return ids.results().reduce((first, last) -> last).orElseThrow().group();
    }

    private static void awaitAnotherSecond() {
        long now = Instant.now().getEpochSecond();
        Awaitility.await("another second").until(() -> Instant.now().getEpochSecond() > now);
    }
}
