// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request for rights that the user would not see is refused: {@code authorization_details} (RFC
 * 9396 §5) and {@code resource} (RFC 8707 §2), plain and signed, at both endpoints.
 */
class UnsupportedParametersIT {

    private static final SigningKey KEY = SigningKey.generate();
    private static final String DETAILS = "[{\"type\":\"payment\",\"amount\":\"5000\"}]";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(UnsupportedParametersIT::addSigningClient);

    private static void addSigningClient(RealmDocument realm) {
        realm.addClient("signing-pump", "signing-pump-secret");
        realm.clientAttribute("signing-pump", "use.jwks.string", "true");
        realm.clientAttribute("signing-pump", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute("signing-pump", "ciba.backchannel.auth.request.signing.alg", "ES256");
    }

    static Stream<Arguments> whatIsAskedFor() {
        List<Arguments> all = new ArrayList<>();
        for (boolean documented : new boolean[] {true, false}) {
            for (String details : new String[] {DETAILS, "[]", " ", "x".repeat(300)}) {
                all.add(
                        Arguments.of(
                                "authorization_details",
                                details,
                                "invalid_authorization_details",
                                documented));
            }
            for (String resource : new String[] {"https://api.example/", " "}) {
                all.add(Arguments.of("resource", resource, "invalid_target", documented));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("whatIsAskedFor")
    void plainRequestIsRefused(String name, String value, String error, boolean documented) {
        assertRefused(pump(documented).start(usual().and(name, value)), name, error);
    }

    static Stream<Arguments> whatIsSigned() {
        List<Arguments> all = new ArrayList<>();
        for (boolean documented : new boolean[] {true, false}) {
            for (Object details :
                    new Object[] {List.of(Map.of("type", "payment")), List.of(), DETAILS, 5}) {
                all.add(
                        Arguments.of(
                                "authorization_details",
                                details,
                                "invalid_authorization_details",
                                documented));
            }
            for (Object resource :
                    new Object[] {"https://api.example/", List.of("https://api.example/")}) {
                all.add(Arguments.of("resource", resource, "invalid_target", documented));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("whatIsSigned")
    void signedRequestIsRefused(String name, Object value, String error, boolean documented) {
        assertRefused(start(documented, name, value), name, error);
    }

    static Stream<Arguments> withoutAValue() {
        return Stream.of(
                Arguments.of("authorization_details", true),
                Arguments.of("authorization_details", false),
                Arguments.of("resource", true),
                Arguments.of("resource", false));
    }

    /** RFC 6749 §3.1. */
    @ParameterizedTest
    @MethodSource("withoutAValue")
    void parameterWithoutAValueIsNotSent(String name, boolean documented) {
        assertThat(pump(documented).start(usual().and(name, "")).status()).isEqualTo(200);
        assertThat(start(documented, name, "").status()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer, String name, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.errorDescription()).contains(name);
        assertThat(REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR"))
                .as("an event says so")
                .anyMatch(
                        event ->
                                event.path("error").asText().equals(error)
                                        && answer.errorDescription()
                                                .contains(
                                                        event.path("details")
                                                                .path("correlation_id")
                                                                .asText("none")));
    }

    private static Answer start(boolean documented, String name, Object value) {
        RelyingParty signing = REALM.relyingParty("signing-pump");
        RelyingParty party = documented ? signing : signing.atKeycloakEndpoints();
        Instant now = Instant.now();
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer("signing-pump")
                        .audience(REALM.url("").toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid")
                        .claim("login_hint", "alice")
                        .claim(name, value)
                        .build();
        return party.start(Form.of("request", KEY.sign(claims)));
    }

    private static Form usual() {
        return Form.of("scope", "openid", "login_hint", "alice");
    }

    private static RelyingParty pump(boolean documented) {
        return documented ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
    }
}
