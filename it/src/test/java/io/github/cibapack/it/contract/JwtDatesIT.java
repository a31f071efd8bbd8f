// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates and names in JWTs of relying parties: signed with the right key, and not to be believed.
 */
class JwtDatesIT {

    private static final ECKey KEY = key();
    private static final String SECRET = "hint-pump-secret-of-more-than-32-characters";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(JwtDatesIT::addClients);

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("signing-key")
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addClients(RealmDocument realm) {
        realm.addClient("hint-pump", SECRET);
        for (String client : new String[] {"signing-pump", "assertion-pump"}) {
            realm.addClient(client, client + "-secret");
            realm.clientAttribute(client, "use.jwks.string", "true");
            realm.clientAttribute(client, "jwks.string", new JWKSet(KEY.toPublicJWK()).toString());
            realm.clientAttribute(client, "ciba.backchannel.auth.request.signing.alg", "ES256");
        }
        realm.client("assertion-pump").put("clientAuthenticatorType", "client-jwt");
    }

    static Stream<Arguments> datesThatAreNone() {
        List<Arguments> all = new ArrayList<>();
        for (String claim : new String[] {"iat", "exp", "nbf"}) {
            for (String number :
                    new String[] {
                        "9223372036854775807",
                        "-9223372036854775808",
                        "9223372036854775808",
                        "9223372036854775",
                        "18446744073709551616",
                        "1e300",
                        "-1e300",
                        "1e400",
                        "-1",
                        "-0.5",
                        "253402300800",
                        "\"1780000000\"",
                        "true"
                    }) {
                all.add(Arguments.of(claim, number));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("datesThatAreNone")
    void hintTokenIsRefused(String claim, String number) {
        Map<String, String> claims = claims("hint-pump", "/as");
        claims.put("sub", "\"alice\"");
        claims.put(claim, number);

        assertRefused(hinted(claims), "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("datesThatAreNone")
    void signedRequestIsRefused(String claim, String number) {
        Map<String, String> claims = request();
        claims.put(claim, number);

        assertRefused(requested(claims, "signing-key"), "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("datesThatAreNone")
    void clientAssertionIsRefusedAtBothAsEndpoints(String claim, String number) {
        for (String endpoint : new String[] {"/as/cibaAuthorization", "/as/token"}) {
            Map<String, String> claims = claims("assertion-pump", "/as/token");
            claims.put("sub", "\"assertion-pump\"");
            claims.put(claim, number);

            Answer refused = asserted(endpoint, claims, "signing-key");

            assertThat(refused.status()).as(refused.body()).isEqualTo(401);
            assertThat(refused.error()).isEqualTo("invalid_client");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".75"})
    void dateThatIsOneIsTaken(String fraction) {
        String now = Instant.now().getEpochSecond() + fraction;
        Map<String, String> hint = claims("hint-pump", "/as");
        hint.put("sub", "\"alice\"");
        hint.put("iat", now);
        Map<String, String> request = request();
        request.put("iat", now);
        request.put("nbf", now);
        Map<String, String> assertion = claims("assertion-pump", "/as/token");
        assertion.put("sub", "\"assertion-pump\"");

        assertThat(hinted(hint).status()).isEqualTo(200);
        assertThat(requested(request, "signing-key").status()).isEqualTo(200);
        assertThat(asserted("/as/token", assertion, "signing-key").error())
                .isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "'\\n2026-11-28 12:00:00,000 ERROR [forged.line] (main) %s'",
        "'\\r%s'",
        "'\\u001b[2K\\u001b[31m%s'",
        "'\\u2028%s'",
        "'%sxxxxx'"
    })
    void nameForgesNoLineOfTheLog(String pattern) {
        String marker = "forged-" + UUID.randomUUID();
        String name =
                pattern.formatted(marker) + (pattern.contains("xxxxx") ? "x".repeat(600) : "");
        Map<String, String> hint = claims("hint-pump", "/as");
        hint.put("sub", "\"alice\"");
        Map<String, String> assertion = claims("assertion-pump", "/as/token");
        assertion.put("sub", "\"assertion-pump\"");

        assertRefused(requested(request(), name), "invalid_request");
        assertThat(asserted("/as/token", assertion, name).error()).isEqualTo("invalid_client");
        for (String claim : new String[] {"iss", "jti", "sub", "aud"}) {
            Map<String, String> named = new LinkedHashMap<>(hint);
            named.put(claim, '"' + name + '"');
            assertRefused(hinted(named), "invalid_request");
            Map<String, String> asserting = new LinkedHashMap<>(assertion);
            asserting.put(claim, '"' + name + '"');
            for (int i = 0; i < 2; i++) {
                assertThat(asserted("/as/token", asserting, "signing-key").error())
                        .isEqualTo("invalid_client");
            }
        }

        assertThat(REALM.server().logs()).doesNotContain(marker);
    }

    /** Keycloak's parser repeats in log and event what it cannot read. */
    @ParameterizedTest
    @CsvSource({
        "/as/cibaAuthorization, requested_expiry",
        "/as/cibaAuthorization, max_age",
        "/protocol/openid-connect/ext/ciba/auth, requested_expiry",
        "/protocol/openid-connect/ext/ciba/auth, max_age"
    })
    void numberForgesNoLineOfTheLog(String endpoint, String parameter) {
        RelyingParty pump = REALM.relyingParty("signing-pump");
        String marker = "forged" + UUID.randomUUID().toString().substring(0, 8);
        for (String text :
                new String[] {"1\\r\\n2026-11-28 ERROR %s", "%s", "{\\\"%s\\\":1}", "1\\u2028%s"}) {
            Map<String, String> claims = request();
            claims.put(parameter, '"' + text.formatted(marker) + '"');
            Form signed = Form.of("request", signedWithKey(claims, "signing-key"));

            assertRefused(pump.send(REALM.url(endpoint), signed), "invalid_request");
        }
        for (String number : new String[] {"1e3", "99999999999", "null", "true", "[1]", "-1"}) {
            Map<String, String> claims = request();
            claims.put(parameter, number);
            Form signed = Form.of("request", signedWithKey(claims, "signing-key"));

            Answer refused = pump.send(REALM.url(endpoint), signed);

            assertRefused(refused, "invalid_request");
            assertThat(refused.errorDescription()).contains(parameter);
        }
        Form plain =
                Form.of("scope", "openid", "login_hint", "alice")
                        .and(parameter, "1\r\n2026-11-28 ERROR " + marker);
        assertThat(REALM.gasPump().send(REALM.url(endpoint), plain).status()).isLessThan(500);

        assertThat(REALM.server().logs()).doesNotContain(marker);
    }

    /** RFC 7515 §4.1.11. */
    @ParameterizedTest
    @ValueSource(strings = {"/as/cibaAuthorization", "/protocol/openid-connect/ext/ciba/auth"})
    void headerThatKeycloakCannotReadIsRefusedWithoutANoise(String endpoint) {
        String marker = "forged" + UUID.randomUUID().toString().substring(0, 8);
        for (String header :
                new String[] {
                    "{\"alg\":\"HS9\\n%s\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"a\\n%s\"}",
                    "{\"alg\":\"ES256\",\"kid\":\"signing-key\",\"crit\":[\"%s\"]}",
                    "%s",
                    "{\"%s"
                }) {
            String[] parts = signedWithKey(request(), "signing-key").split("\\.");
            parts[0] =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(
                                    header.formatted(marker).getBytes(StandardCharsets.UTF_8));

            assertRefused(
                    REALM.relyingParty("signing-pump")
                            .send(REALM.url(endpoint), Form.of("request", String.join(".", parts))),
                    "invalid_request");
        }
        Map<String, String> claims = request();
        String critical =
                signed(
                        "{\"alg\":\"ES256\",\"kid\":\"signing-key\",\"crit\":[\"b64\"],\"b64\":true}",
                        claims,
                        () -> new ECDSASigner(KEY));
        assertRefused(
                REALM.relyingParty("signing-pump")
                        .send(REALM.url(endpoint), Form.of("request", critical)),
                "invalid_request");

        assertThat(REALM.server().logs()).doesNotContain(marker);
    }

    private static Map<String, String> claims(String client, String audience) {
        long now = Instant.now().getEpochSecond();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", '"' + client + '"');
        claims.put("aud", '"' + REALM.url("").toString() + audience + '"');
        claims.put("iat", Long.toString(now));
        claims.put("nbf", Long.toString(now));
        claims.put("exp", Long.toString(now + 300));
        claims.put("jti", '"' + UUID.randomUUID().toString() + '"');
        return claims;
    }

    private static Map<String, String> request() {
        Map<String, String> claims = claims("signing-pump", "");
        claims.put("scope", "\"openid\"");
        claims.put("login_hint", "\"alice\"");
        return claims;
    }

    private static Answer hinted(Map<String, String> claims) {
        String token = signed("{\"alg\":\"HS256\"}", claims, () -> new MACSigner(SECRET));
        return RelyingParty.of(REALM.server(), REALM.name(), "hint-pump", SECRET)
                .start(Form.of("scope", "openid", "login_hint_token", token));
    }

    private static Answer requested(Map<String, String> claims, String kid) {
        return REALM.relyingParty("signing-pump")
                .start(Form.of("request", signedWithKey(claims, kid)));
    }

    private static Answer asserted(String endpoint, Map<String, String> claims, String kid) {
        RelyingParty nobody =
                RelyingParty.of(REALM.server(), REALM.name(), "assertion-pump", "").withoutSecret();
        return nobody.send(
                REALM.url(endpoint),
                Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", "none")
                        .and("scope", "openid")
                        .and("login_hint", "alice")
                        .and(
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                        .and("client_assertion", signedWithKey(claims, kid)));
    }

    private static String signedWithKey(Map<String, String> claims, String kid) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
        return signed(header, claims, () -> new ECDSASigner(KEY));
    }

    private interface Signer {
        JWSSigner make() throws JOSEException;
    }

    /** As it is written: a library would put the numbers right. */
    private static String signed(String header, Map<String, String> claims, Signer signer) {
        String payload =
                claims.entrySet().stream()
                        .map(claim -> '"' + claim.getKey() + "\":" + claim.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
        try {
            JWSObject token = new JWSObject(JWSHeader.parse(header), new Payload(payload));
            token.sign(signer.make());
            return token.serialize();
        } catch (JOSEException | java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
    }
}
