// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hint tokens signed with a key: the client's own, or that of an issuer that the client trusts. */
class LoginHintTokenKeyIT {
    private static final String BY_KEY = "pump-with-key";
    private static final String BY_URL = "pump-with-jwks-url";
    private static final String BY_ISSUER = "pump-with-issuer";
    private static final String BY_POLICY = "pump-with-policy";
    private static final String BY_BOTH = "pump-with-issuer-and-policy";
    private static final String POLICYS_ISSUER = "https://policy.example";
    private static final String SECRET = "a-secret-for-the-client-authentication";
    private static final String ISSUER = "https://hints.example";

    private static final Map<String, JWK> KEYS =
            Stream.of(
                            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                            "ES512", "EdDSA")
                    .collect(
                            Collectors.toMap(
                                    Function.identity(),
                                    name ->
                                            HintKeys.forAlgorithm(
                                                    JWSAlgorithm.parse(name), "key-" + name)));
    private static final JwksServer OF_CLIENT = new JwksServer();
    private static final JwksServer OF_ISSUER = new JwksServer();
    private static final JwksServer OF_POLICY = new JwksServer();

    private static final JWK ISSUER_KEY = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "issuer-key");

    private static final JWK POLICY_KEY = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "policy-key");

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(LoginHintTokenKeyIT::addClients);

    @AfterAll
    static void stopKeyServers() {
        OF_CLIENT.close();
        OF_ISSUER.close();
        OF_POLICY.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                "EdDSA"
            })
    void tokenSignedWithTheClientsKeyNamesTheUser(String algorithm) {
        assertAlice(
                sendByKey(
                        BY_KEY, token(BY_KEY, JWSAlgorithm.parse(algorithm), KEYS.get(algorithm))));
    }

    @Test
    void anotherKeyWithTheSameIdDoesNotVerify() {
        JWK other = HintKeys.forAlgorithm(JWSAlgorithm.ES256, KEYS.get("ES256").getKeyID());
        assertRefused(sendByKey(BY_KEY, token(BY_KEY, JWSAlgorithm.ES256, other)), "signature");
    }

    @Test
    void unknownKeyIsRefused() {
        JWK other = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "unknown");
        assertRefused(
                sendByKey(BY_KEY, token(BY_KEY, JWSAlgorithm.ES256, other)),
                "key that is not known");
    }

    /** The public key as an HMAC secret is the oldest trick of all. */
    @Test
    void publicKeyIsNoSecret() {
        String token =
                HintTokens.signedWithSecret(
                        claims(BY_KEY),
                        JWSAlgorithm.HS256,
                        KEYS.get("RS256").toPublicJWK().toJSONString());
        assertRefused(sendByKey(BY_KEY, token), "algorithm");
    }

    @Test
    void clientWithASecretCannotSignWithAKey() {
        String token = token("gas-pump-hint", JWSAlgorithm.RS256, KEYS.get("RS256"));
        assertRefused(REALM.relyingParty("gas-pump-hint").start(hint(token)), "algorithm");
    }

    @Test
    void keysFromTheClientsUrlMayRotate() {
        JWK first = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "first");
        OF_CLIENT.publish(KEYS.get("ES256"), first);
        assertAlice(sendByKey(BY_URL, token(BY_URL, JWSAlgorithm.ES256, first)));
        JWK second = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "second");
        OF_CLIENT.publish(KEYS.get("ES256"), second);
        // Keycloak comes back for an unknown key, but not at once
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                sendByKey(BY_URL, token(BY_URL, JWSAlgorithm.ES256, second))
                                                .status()
                                        == 200);
    }

    @Test
    void tokenOfATrustedIssuerNamesTheUser() {
        assertAlice(sendBySecret(token(ISSUER, JWSAlgorithm.ES256, ISSUER_KEY)));
        int fetched = OF_ISSUER.timesFetched();
        assertAlice(sendBySecret(token(ISSUER, JWSAlgorithm.ES256, ISSUER_KEY)));
        assertThat(OF_ISSUER.timesFetched()).as("the keys are cached").isEqualTo(fetched);

        JWK next = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "next-issuer-key");
        OF_ISSUER.publish(next);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sendBySecret(token(ISSUER, JWSAlgorithm.ES256, next)).status() == 200);
    }

    @Test
    void issuerThatTheClientDoesNotNameIsRefused() {
        JWK key = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "elsewhere");
        String token = token("https://elsewhere.example", JWSAlgorithm.ES256, key);
        assertRefused(sendBySecret(token), "issuer");
    }

    @Test
    void issuerThatThePolicyTrustsNamesTheUser() {
        String token = token(POLICYS_ISSUER, JWSAlgorithm.ES256, POLICY_KEY);

        assertAlice(REALM.relyingParty(BY_POLICY).start(hint(token)));
        assertRefused(sendBySecret(token), "issuer");
    }

    @Test
    void clientsOwnIssuersStandInPlaceOfThePolicys() {
        RelyingParty client = REALM.relyingParty(BY_BOTH);

        Answer own = client.start(hint(token(ISSUER, JWSAlgorithm.ES256, ISSUER_KEY)));
        Answer policys = client.start(hint(token(POLICYS_ISSUER, JWSAlgorithm.ES256, POLICY_KEY)));

        // by then the key may have been changed by another test: the issuer is trusted all the same
        assertThat(own.errorDescription()).doesNotContain("issuer");
        assertRefused(policys, "issuer");
    }

    @Test
    void issuerMayNotSignWithASecret() {
        String token =
                HintTokens.signedWithSecret(claims(ISSUER), JWSAlgorithm.HS256, SECRET.repeat(2));
        assertRefused(sendBySecret(token), "algorithm");
    }

    @Test
    void addressInTheTokenItselfIsNeverCalled() throws JOSEException {
        try (JwksServer named = new JwksServer()) {
            JWK key = HintKeys.forAlgorithm(JWSAlgorithm.ES256, "named-by-the-token");
            named.publish(key);
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .jwkURL(URI.create(named.uri()))
                            .jwk(key.toPublicJWK())
                            .build();
            String token =
                    HintTokens.signed(claims(ISSUER), header, new ECDSASigner(key.toECKey()));
            assertRefused(sendBySecret(token), "key that is not known");
            assertThat(named.timesFetched()).isZero();
        }
    }

    private static void addClients(RealmDocument realm) {
        OF_ISSUER.publish(ISSUER_KEY);
        realm.attribute("ciba.outbound.allow-http", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.addClient(BY_KEY, SECRET).put("clientAuthenticatorType", "client-jwt");
        realm.clientAttribute(BY_KEY, "use.jwks.string", "true");
        realm.clientAttribute(
                BY_KEY, "jwks.string", new JWKSet(List.copyOf(KEYS.values())).toString(true));
        realm.addClient(BY_URL, SECRET).put("clientAuthenticatorType", "client-jwt");
        realm.clientAttribute(BY_URL, "use.jwks.url", "true");
        realm.clientAttribute(BY_URL, "jwks.url", OF_CLIENT.uri());
        for (String client : List.of(BY_ISSUER, BY_BOTH)) {
            realm.addClient(client, SECRET);
            realm.clientAttribute(
                    client,
                    "ciba.login-hint-token.issuers",
                    "{\"" + ISSUER + "\":\"" + OF_ISSUER.uri() + "\"}");
        }
        OF_POLICY.publish(POLICY_KEY);
        realm.component(
                "ciba-policy",
                "name",
                "trusting",
                "trustedIssuers",
                POLICYS_ISSUER + " " + OF_POLICY.uri());
        realm.addClient(BY_POLICY, SECRET);
        for (String client : List.of(BY_POLICY, BY_BOTH)) {
            realm.clientAttribute(client, "ciba.policies", "trusting");
        }
    }

    private static JWTClaimsSet claims(String issuer) {
        return new HintTokens(issuer, REALM.gasPump().issuer() + "/as", "alice").claims(c -> {});
    }

    private static String token(String issuer, JWSAlgorithm algorithm, JWK key) {
        return HintTokens.signedWithKey(claims(issuer), algorithm, key);
    }

    private static Form hint(String token) {
        return Form.of("scope", "openid", "login_hint_token", token);
    }

    private static Answer sendBySecret(String token) {
        return REALM.relyingParty(BY_ISSUER).start(hint(token));
    }

    private static Answer sendByKey(String clientId, String token) {
        String assertion =
                HintTokens.signedWithKey(
                        new HintTokens(clientId, REALM.gasPump().issuer().toString(), clientId)
                                .claims(c -> {}),
                        JWSAlgorithm.ES256,
                        KEYS.get("ES256"));
        RelyingParty client = REALM.relyingParty(clientId).withoutSecret();
        return client.start(
                hint(token)
                        .and(
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                        .and("client_assertion", assertion));
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
