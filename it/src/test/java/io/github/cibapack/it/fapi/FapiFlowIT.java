// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.NotificationEndpoint;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The way of a request from its start to its end, whichever that is. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class FapiFlowIT {

    @RegisterExtension static final FapiRealm REALM = FapiRealm.fresh();
    @RegisterExtension static final FapiRealm SHORT = FapiRealm.fresh().expiringIn(10);

    @ParameterizedTest
    @EnumSource
    @Clause({"7.3-1", "10.1.1-1"})
    void approvedRequestGivesTokensOfTheRegisteredAlgorithmBoundToTheCertificate(
            FapiVariant variant) throws ParseException {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        Answer started = client.start(message);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().path("expires_in").asInt()).isPositive();
        assertThat(started.header("Content-Type")).startsWith("application/json");
        assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");

        client.decide(message, "approve");
        if (variant.ping()) {
            assertNotified(started);
        }
        Answer tokens = client.poll(started.authReqId());

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        JWTClaimsSet identity = client.verified(tokens.text("id_token"));
        assertThat(identity.getSubject()).isEqualTo(REALM.realm().userId(FapiRealm.USER));
        JWTClaimsSet access = SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet();
        assertThat(access.getClaim("cnf"))
                .isEqualTo(Map.of("x5t#S256", client.certificate().thumbprint()));
        Answer again = client.poll(started.authReqId());
        assertThat(again.error()).as(again.body()).isEqualTo("invalid_grant");
    }

    private static Answer decided(FapiClient client, String decision) {
        String message = FapiClient.message();
        Answer started = client.start(message);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        client.decide(message, decision);
        return started;
    }

    private static void assertNotified(Answer started) {
        NotificationEndpoint.Ping ping = REALM.notifications().await(started.authReqId(), 1).get(0);
        assertThat(ping.authorization()).isEqualTo("Bearer " + FapiClient.NOTIFICATION_TOKEN);
        assertThat(ping.contentType()).startsWith("application/json");
        assertThat(ping.body().fieldNames()).toIterable().containsExactly("auth_req_id");
    }

    @ParameterizedTest
    @EnumSource
    void rejectedRequestIsDenied(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        Answer started = decided(client, "deny");

        Answer answer = client.poll(started.authReqId());
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @EnumSource
    void pollsThatComeTooEarlyAreToldSoAndTheRequestStaysPending(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        Answer started = client.start(message);

        assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        for (int i = 0; i < 3; i++) {
            assertThat(client.poll(started.authReqId()).error()).isEqualTo("slow_down");
        }
        client.decide(message, "approve");
        assertThat(client.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void requestsThatNobodyDecidesExpire() {
        Map<FapiVariant, Answer> started = new EnumMap<>(FapiVariant.class);
        for (FapiVariant variant : FapiVariant.values()) {
            started.put(variant, SHORT.client(variant).start(FapiClient.message()));
        }
        started.forEach(
                (variant, answer) ->
                        Awaitility.await(variant.name())
                                .atMost(Duration.ofSeconds(40))
                                .pollInterval(Duration.ofSeconds(1))
                                .until(
                                        () -> SHORT.client(variant).poll(answer.authReqId()),
                                        poll -> poll.error().equals("expired_token")));
    }

    @ParameterizedTest
    @EnumSource
    void idOfAnotherClientsRequestIsWorthNothing(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        FapiClient thief = REALM.client(variant.other());
        Answer started = decided(client, "approve");

        Answer stolen = thief.poll(started.authReqId());
        assertThat(stolen.status()).as(stolen.body()).isEqualTo(400);
        assertThat(stolen.error()).isEqualTo("invalid_grant");
        assertThat(thief.poll("no-such-request").error()).isEqualTo("invalid_grant");
        Answer own = client.poll(started.authReqId());
        assertThat(own.status()).as(own.body()).isEqualTo(200);
    }

    @NeedsKeycloak(value = "26.7", because = "before, Keycloak refuses it with 500")
    @ParameterizedTest
    @EnumSource
    void accessTokenOpensNothingWithoutItsCertificate(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        FapiClient thief = REALM.client(variant.other());
        Answer started = decided(client, "approve");
        String token = client.poll(started.authReqId()).text("access_token");

        HttpClient nobody = HttpsServer.http(HttpsServer.certificates().anonymous());
        assertThat(userInfo(client, client.http(), token).status()).isEqualTo(200);
        assertThat(userInfo(client, thief.http(), token).status()).isEqualTo(401);
        assertThat(userInfo(client, nobody, token).status()).isEqualTo(401);
    }

    private static Answer userInfo(FapiClient client, HttpClient connections, String token) {
        return RelyingParty.exchange(
                connections,
                HttpRequest.newBuilder(client.endpoint("/protocol/openid-connect/userinfo"))
                        .header("Authorization", "Bearer " + token)
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void scopesMayStandInAnyOrderAndTheExpiryBeAText(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        Answer started =
                client.start(
                        client.claims(message)
                                .claim("scope", "email openid")
                                .claim("requested_expiry", "60")
                                .build());
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        client.decide(message, "approve");
        assertThat(client.poll(started.authReqId()).status()).isEqualTo(200);
    }

    static Stream<Arguments> everyAnswerToAPing() {
        return FapiVariant.withPing()
                .flatMap(
                        variant ->
                                Stream.of(200, 401, 403, 302)
                                        .map(status -> Arguments.of(variant, status)));
    }

    @ParameterizedTest
    @MethodSource("everyAnswerToAPing")
    @Clause("10.2-4")
    void whateverANotificationIsAnsweredTheTokensAreThereAndItIsNotSentAgain(
            FapiVariant variant, int status) {
        REALM.notifications().answerNext(status);
        FapiClient client = REALM.client(variant);
        Answer started = decided(client, "approve");
        List<NotificationEndpoint.Ping> pings = REALM.notifications().await(started.authReqId(), 1);

        assertThat(client.poll(started.authReqId()).status()).isEqualTo(200);
        assertThat(pings).hasSize(1).allMatch(ping -> ping.path().equals("/cb"));
        // a second one would overtake no later notification of the same queue
        Answer later = decided(client, "deny");
        REALM.notifications().await(later.authReqId(), 1);
        assertThat(REALM.notifications().pings(started.authReqId())).hasSize(1);
    }
}
