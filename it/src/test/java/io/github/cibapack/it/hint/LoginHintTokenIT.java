// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PingOne's form: signed with the client's secret. */
class LoginHintTokenIT {
    private static final String CLIENT = "gas-pump-hint";

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @RegisterExtension static final RealmFixture OTHER_REALM = RealmFixture.fresh();

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    @Clause({"7.2-4", "14-1"})
    void tokenSignedWithTheSecretNamesTheUser(String algorithm) {
        String token = signed(tokens().claims(claims -> {}), JWSAlgorithm.parse(algorithm));
        assertAlice(send(token));
    }

    @Test
    void subjectMayBeTheUserId() {
        assertAlice(send(token(claims -> claims.subject(REALM.userId("alice")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/as", "/as/cibaAuthorization"})
    void issuerAndDocumentedEndpointAreAudiences(String path) {
        assertAlice(send(token(claims -> claims.audience(REALM.gasPump().issuer() + path))));
    }

    @Test
    void goodTokenForAnUnknownUserIsAnUnknownUser() {
        Answer refused = send(token(claims -> claims.subject("nobody")));
        assertThat(refused.error()).isEqualTo("unknown_user_id");
        Answer disabled = send(token(claims -> claims.subject("carol")));
        assertThat(disabled.error()).isEqualTo("unknown_user_id");
    }

    @Test
    @Clause("13-3")
    void expiredTokenHasAnErrorOfItsOwn() {
        Answer refused = send(token(claims -> claims.expirationTime(inSeconds(-1))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("expired_login_hint_token");
    }

    @Test
    void expiryMayBeAnHourAheadAndNoMore() {
        assertAlice(send(token(claims -> claims.expirationTime(inSeconds(3590)))));
        assertRefused(send(token(claims -> claims.expirationTime(inSeconds(3700)))), "exp");
    }

    @Test
    void eachClaimIsRequired() {
        assertRefused(send(token(claims -> claims.issuer(null))), "iss");
        assertRefused(send(token(claims -> claims.subject(null))), "names the user");
        assertRefused(send(token(claims -> claims.issueTime(null))), "iat");
        assertRefused(send(token(claims -> claims.expirationTime(null))), "exp");
        assertRefused(send(token(claims -> claims.audience((String) null))), "aud");
    }

    @Test
    void issuerMustBeTheClientThatSendsIt() {
        assertRefused(send(token(claims -> claims.issuer("gas-pump"))), "issuer");
    }

    @Test
    void tokenFromTheFutureIsRefused() {
        assertRefused(send(token(claims -> claims.issueTime(inSeconds(120)))), "iat");
        assertRefused(send(token(claims -> claims.notBeforeTime(inSeconds(120)))), "nbf");
    }

    @Test
    void audienceMustBeThisServerAlone() {
        assertRefused(send(token(claims -> claims.audience("https://elsewhere.example"))), "aud");
        assertRefused(
                send(token(claims -> claims.audience(REALM.gasPump().issuer() + "/asx"))), "aud");
        assertRefused(
                send(
                        token(
                                claims ->
                                        claims.audience(
                                                List.of(
                                                        REALM.gasPump().issuer().toString(),
                                                        "https://elsewhere.example")))),
                "aud");
    }

    @Test
    void headersOfEncryptionAndNestingAreRefused() throws JOSEException {
        JWTClaimsSet claims = tokens().claims(c -> {});
        MACSigner signer = new MACSigner(secret());
        assertRefused(
                send(
                        HintTokens.signed(
                                claims,
                                new JWSHeader.Builder(JWSAlgorithm.HS256)
                                        .contentType("JWT")
                                        .build(),
                                signer)),
                "cty");
        assertRefused(
                send(
                        HintTokens.signed(
                                claims,
                                new JWSHeader.Builder(JWSAlgorithm.HS256)
                                        .customParam("enc", "A128CBC-HS256")
                                        .build(),
                                signer)),
                "enc");
    }

    @Test
    void encryptedTokenIsRefused() throws JOSEException {
        EncryptedJWT token =
                new EncryptedJWT(
                        new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
                        tokens().claims(c -> {}));
        token.encrypt(
                new DirectEncrypter(Arrays.copyOf(secret().getBytes(StandardCharsets.UTF_8), 32)));
        assertRefused(send(token.serialize()), "encrypted");
    }

    @Test
    void unsignedTokenIsRefused() {
        assertRefused(send(new PlainJWT(tokens().claims(c -> {})).serialize()), "signed");
    }

    @Test
    @Clause({"7.2-6", "14-1"})
    void anotherSecretDoesNotVerify() {
        String token =
                HintTokens.signedWithSecret(
                        tokens().claims(c -> {}), JWSAlgorithm.HS256, "x".repeat(64));
        assertRefused(send(token), "signature");
    }

    @Test
    void changedSignatureDoesNotVerify() {
        String token = token(c -> {});
        int dot = token.lastIndexOf('.');
        char first = token.charAt(dot + 1);
        String changed =
                token.substring(0, dot + 1) + (first == 'A' ? 'B' : 'A') + token.substring(dot + 2);
        assertRefused(send(changed), "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "...", "e30.e30.e30", "{}"})
    void whatIsNoTokenIsRefused(String text) {
        assertRefused(send(text), "signed JWT");
    }

    @Test
    void tokenWithAnIdIsGoodForOneUse() {
        String token = token(c -> {});
        assertAlice(send(token));
        assertRefused(send(token), "used before");
    }

    @Test
    void tokenWithoutAnIdIsGoodForOneUseWhereTheRealmAsksForIt() {
        String token = token(claims -> claims.jwtID(null));
        assertAlice(send(token));
        assertAlice(send(token));
        setSingleUse("true");
        try {
            String another = token(claims -> claims.jwtID(null).claim("n", 1));
            assertAlice(send(another));
            assertRefused(send(another), "used before");
        } finally {
            setSingleUse("");
        }
    }

    @Test
    void subjectIdentifierNamesTheUser() {
        assertAlice(send(subId(Map.of("format", "email", "email", "alice@ciba-demo.example"))));
        assertAlice(send(subId(Map.of("format", "opaque", "id", REALM.userId("alice")))));
        assertAlice(
                send(
                        subId(
                                Map.of(
                                        "format",
                                        "iss_sub",
                                        "iss",
                                        REALM.gasPump().issuer().toString(),
                                        "sub",
                                        REALM.userId("alice")))));
        assertAlice(
                send(
                        subId(
                                Map.of(
                                        "format",
                                        "aliases",
                                        "identifiers",
                                        List.of(
                                                Map.of(
                                                        "format",
                                                        "email",
                                                        "email",
                                                        "alice@ciba-demo.example"),
                                                Map.of(
                                                        "format",
                                                        "opaque",
                                                        "id",
                                                        REALM.userId("alice")))))));
        assertAlice(
                send(subId(Map.of("format", "account", "uri", "acct:alice@ciba-demo.example"))));
    }

    @Test
    void unverifiedAddressInASubjectIdentifierNamesNobody() {
        Answer refused = send(subId(Map.of("format", "email", "email", "bob@ciba-demo.example")));
        assertThat(refused.error()).isEqualTo("unknown_user_id");
    }

    @Test
    void brokenSubjectIdentifierIsRefused() {
        assertRefused(send(subId(Map.of("format", "email"))), "sub_id");
        assertRefused(
                send(token(claims -> claims.subject(null).claim("sub_id", "alice"))), "sub_id");
    }

    @Test
    void subjectAndSubjectIdentifierMustAgree() {
        Answer refused =
                send(
                        token(
                                claims ->
                                        claims.subject("alice")
                                                .claim(
                                                        "sub_id",
                                                        Map.of(
                                                                "format",
                                                                "opaque",
                                                                "id",
                                                                REALM.userId("carol")))));
        assertThat(refused.error()).isEqualTo("unknown_user_id");
    }

    @Test
    void tokenOfAnotherRealmNamesNobodyHere() {
        HintTokens elsewhere =
                new HintTokens(CLIENT, OTHER_REALM.gasPump().issuer() + "/as", "alice");
        String token = signed(elsewhere.claims(c -> {}), JWSAlgorithm.HS256);
        assertRefused(send(token), "aud");
        assertThat(OTHER_REALM.relyingParty(CLIENT).start(form(token)).status()).isEqualTo(200);
    }

    @Test
    void shortSecretIsNoKey() {
        String signed =
                HintTokens.signedWithSecret(
                        new HintTokens("gas-pump", REALM.gasPump().issuer() + "/as", "alice")
                                .claims(c -> {}),
                        JWSAlgorithm.HS256,
                        "x".repeat(32));
        assertRefused(REALM.gasPump().start(form(signed)), "too short");
    }

    @Test
    void refusalIsAnEventWithTheReasonAndWithoutTheToken() {
        String token = token(claims -> claims.audience("https://elsewhere.example"));
        send(token);
        assertThat(REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR"))
                .anySatisfy(
                        event ->
                                assertThat(event.path("details").path("reason").asText())
                                        .isEqualTo("hint_audience"));
        assertThat(REALM.admin().events(REALM.name()).toString()).doesNotContain(token);
    }

    @Test
    void keycloaksOwnEndpointTakesTheTokenWhereTheRealmAsksForIt() {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObject("/attributes")
                                        .put("cibaAuthRequestedUserHint", "login_hint_token"));
        try {
            Answer started =
                    REALM.relyingParty(CLIENT).atKeycloakEndpoints().start(form(token(c -> {})));
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            Answer refused =
                    REALM.relyingParty(CLIENT)
                            .atKeycloakEndpoints()
                            .start(form(token(c -> c.expirationTime(inSeconds(-1)))));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("expired_login_hint_token");
        } finally {
            REALM.admin()
                    .updateRealm(
                            REALM.name(),
                            realm ->
                                    realm.withObject("/attributes")
                                            .put("cibaAuthRequestedUserHint", "login_hint"));
        }
    }

    private static void setSingleUse(String value) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObject("/attributes")
                                        .put("ciba.login-hint-token.single-use", value));
    }

    private static HintTokens tokens() {
        return new HintTokens(CLIENT, REALM.gasPump().issuer() + "/as", "alice");
    }

    private static String token(Consumer<JWTClaimsSet.Builder> change) {
        return signed(tokens().claims(change), JWSAlgorithm.HS256);
    }

    private static String subId(Map<String, Object> identifier) {
        return token(claims -> claims.subject(null).claim("sub_id", identifier));
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm) {
        return HintTokens.signedWithSecret(claims, algorithm, secret());
    }

    private static String secret() {
        return REALM.admin().client(REALM.name(), CLIENT).path("secret").asText();
    }

    private static Date inSeconds(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static Form form(String token) {
        return Form.of("scope", "openid", "login_hint_token", token);
    }

    private static Answer send(String token) {
        return REALM.relyingParty(CLIENT).start(form(token));
    }

    private static void assertAlice(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        ReceivedMail mail = REALM.mailbox().awaitMailFor(answer.authReqId());
        assertThat(mail.to()).contains("alice@ciba-demo.example");
        // a user has a few places for undecided requests
        MailReader.denies(mail);
    }

    private static void assertRefused(Answer answer, String check) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.errorDescription()).contains(check);
    }
}
