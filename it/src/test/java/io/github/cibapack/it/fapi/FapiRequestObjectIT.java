// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import static io.github.cibapack.it.fapi.FapiClient.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed requests with one fault each, and hints of which there must be one. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class FapiRequestObjectIT {

    private static final FapiKeys STRANGER = FapiKeys.of("PS256", "stranger");

    @RegisterExtension static final FapiRealm REALM = FapiRealm.fresh();

    @ParameterizedTest
    @MethodSource("everyFaultEverywhere")
    @Clause({"7.1.1-2", "7.1.1-3", "7.1.1-4", "7.1.1-5", "7.1.1-6", "7.1.1-7"})
    void requestWithAFaultyClaimIsRefused(
            FapiVariant variant, Consumer<JWTClaimsSet.Builder> fault) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        JWTClaimsSet.Builder claims = client.claims(message);
        fault.accept(claims);

        assertRefused(client.start(claims.build()), message);
    }

    static Stream<Arguments> everyFaultEverywhere() {
        return Arrays.stream(FapiVariant.values())
                .flatMap(variant -> faults().map(fault -> Arguments.of(variant, fault)));
    }

    private static Stream<Named<Consumer<JWTClaimsSet.Builder>>> faults() {
        return Stream.of(
                fault("no aud", claims -> claims.audience((String) null)),
                fault("another server's aud", claims -> claims.audience("https://rp.example")),
                fault("no iss", claims -> claims.issuer(null)),
                fault("bad iss", claims -> claims.issuer("somebody-else")),
                fault("no exp", claims -> claims.expirationTime(null)),
                fault("expired", claims -> claims.expirationTime(in(Duration.ofMinutes(-5)))),
                fault(
                        "exp in 70 minutes",
                        claims -> claims.expirationTime(in(Duration.ofMinutes(70)))),
                fault("no iat", claims -> claims.issueTime(null)),
                fault("no nbf", claims -> claims.notBeforeTime(null)),
                fault(
                        "nbf in 10 minutes",
                        claims ->
                                claims.notBeforeTime(in(Duration.ofMinutes(10)))
                                        .expirationTime(in(Duration.ofMinutes(15)))),
                fault(
                        "nbf 70 minutes ago",
                        claims -> claims.notBeforeTime(in(Duration.ofMinutes(-70)))),
                fault("no jti", claims -> claims.jwtID(null)),
                fault("no hint", claims -> claims.claim("login_hint", null)),
                fault("two hints", claims -> claims.claim("id_token_hint", "ey.ey.ey")),
                fault("two other hints", claims -> claims.claim("login_hint_token", "ey.ey.ey")),
                fault("no scope", claims -> claims.claim("scope", null)),
                fault("no binding message", claims -> claims.claim("binding_message", null)));
    }

    private static Named<Consumer<JWTClaimsSet.Builder>> fault(
            String name, Consumer<JWTClaimsSet.Builder> change) {
        return Named.of(name, change);
    }

    @ParameterizedTest
    @EnumSource
    @Clause({"7.1.1-8", "7.2-2"})
    void requestWithoutItsClientsSignatureIsRefused(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        FapiClient other = REALM.client(variant.other());
        String message = FapiClient.message();

        assertRefused(
                started(client, new PlainJWT(client.claims(message).build()).serialize()), message);
        assertRefused(
                started(client, broken(client.sign(client.claims(message).build()))), message);
        assertRefused(started(client, other.sign(client.claims(message).build())), message);
        assertRefused(
                started(client, STRANGER.sign(client.claims(message).build(), "PS256")), message);
        assertRefused(started(client, "not-a-jwt"), message);
    }

    @ParameterizedTest
    @EnumSource
    @Clause("7.1.1-8")
    void algorithmThatFapiForbidsIsRefused(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        FapiKeys signer = variant.algorithm().equals("PS256") ? client.keys() : STRANGER;

        assertRefused(
                started(client, signer.sign(client.claims(message).build(), "RS256")), message);
    }

    @ParameterizedTest
    @EnumSource
    void plainParametersAreRefused(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        Form plain =
                Form.of("scope", "openid", "login_hint", FapiRealm.USER)
                        .and("binding_message", message);
        Form complete =
                variant.ping()
                        ? plain.and("client_notification_token", FapiClient.NOTIFICATION_TOKEN)
                        : plain;

        assertRefused(client.send(client.startEndpoint(), complete), message);
    }

    @ParameterizedTest
    @EnumSource
    @Clause("7.1.1-9")
    void nothingMayStandBesideTheRequest(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        Form both =
                Form.of("request", client.sign(client.claims(message).build()))
                        .and("login_hint", FapiRealm.USER);

        assertRefused(client.send(client.startEndpoint(), both), message);
    }

    @ParameterizedTest
    @EnumSource
    void requestIsGoodForOneUse(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        JWTClaimsSet claims = client.claims(FapiClient.message()).build();
        Answer first = client.start(claims);
        assertThat(first.status()).as(first.body()).isEqualTo(200);

        Answer second = client.start(claims);
        assertThat(second.status()).as(second.body()).isEqualTo(400);
        assertThat(second.error()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @EnumSource
    @Clause("7.1-11")
    void bindingMessageIsShownOrRefusedForWhatItIs(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String tooLong = "x".repeat(257);
        Answer refused = client.start(client.claims(tooLong).build());
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_binding_message");

        for (String text : new String[] {"1234 👍🏿 支払い", "支払いを承認", "Zahlung über 5 €"}) {
            String message = text + " " + FapiClient.message();
            Answer answer = client.start(client.claims(message).build());
            if (variant.documented()) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                client.decide(message, "deny");
            } else {
                assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_binding_message");
            }
        }
    }

    private static Answer started(FapiClient client, String request) {
        return client.send(client.startEndpoint(), Form.of("request", request));
    }

    /** With the last character but one of the signature changed. */
    private static String broken(String jwt) {
        int at = jwt.length() - 5;
        return jwt.substring(0, at) + (jwt.charAt(at) == 'A' ? 'B' : 'A') + jwt.substring(at + 1);
    }

    private static void assertRefused(Answer answer, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_request");
        assertThat(answer.authReqId()).isEmpty();
        assertThat(REALM.realm().mailbox().all())
                .as("nobody is asked")
                .noneMatch(mail -> mail.mentions(message));
    }
}
