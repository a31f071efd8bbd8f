// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.text.ParseException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdTokenHintIT {
    private static final String PAIRWISE = "pump-pairwise";
    private static final String MAPPED = "pump-mapped";
    private static final String SHORT_LIVED = "pump-short-lived";
    private static final String NO_TOLERANCE = "0";
    private static final String TOLERANCE = "ciba.id-token-hint.max-age-after-expiry";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(IdTokenHintIT::addClients);

    @RegisterExtension static final RealmFixture OTHER_REALM = RealmFixture.fresh();

    @Test
    @Clause("7.1-10")
    void idTokenOfThisClientNamesItsUser() {
        assertAlice(send(REALM.gasPump(), idToken(REALM.gasPump())));
    }

    @Test
    void endedSessionIsNoObstacle() {
        Answer tokens = tokens(REALM.gasPump());
        call("DELETE", "/sessions/" + tokens.text("session_state"), null);

        assertAlice(send(REALM.gasPump(), tokens.text("id_token")));
    }

    @Test
    void anotherClientsIdTokenIsRefused() {
        assertRefused(send(REALM.gasPumpPost(), idToken(REALM.gasPump())), "client");
    }

    @Test
    void anotherRealmsIdTokenIsRefused() {
        String elsewhere = idToken(OTHER_REALM, OTHER_REALM.gasPump());
        assertRefused(send(REALM.gasPump(), elsewhere), "signature");
    }

    @Test
    void accessAndRefreshTokensAreNoIdTokens() {
        Answer tokens = tokens(REALM.gasPump());
        assertRefused(send(REALM.gasPump(), tokens.text("access_token")), "not an ID token");
    }

    @Test
    void changedTokenDoesNotVerify() {
        String token = idToken(REALM.gasPump());
        int dot = token.lastIndexOf('.');
        String changed =
                token.substring(0, dot + 1)
                        + (token.charAt(dot + 1) == 'A' ? 'B' : 'A')
                        + token.substring(dot + 2);
        assertRefused(send(REALM.gasPump(), changed), "signature");
        assertRefused(send(REALM.gasPump(), "nonsense"), "not a signed JWT");
    }

    @Test
    void encryptedIdTokenIsRefusedWithAHint() {
        assertRefused(send(REALM.gasPump(), "a.b.c.d.e"), "decrypt it first");
    }

    @Test
    void rotatedKeyStillVerifies() {
        String token = idToken(REALM.gasPump());
        addKey();
        assertAlice(send(REALM.gasPump(), token));
        assertThat(idToken(REALM.gasPump())).isNotEmpty();
    }

    @Test
    @Clause("7.1-10")
    void expiredIdTokenIsTakenForAsLongAsTheRealmSays() {
        RelyingParty pump = REALM.relyingParty(SHORT_LIVED);
        String token = idToken(pump);
        await().until(
                        () ->
                                Instant.now().getEpochSecond()
                                        > claims(token)
                                                        .getExpirationTime()
                                                        .toInstant()
                                                        .getEpochSecond()
                                                + 1);
        assertAlice(send(pump, token));
        setTolerance(NO_TOLERANCE);
        try {
            assertRefused(send(pump, token), "expired too long ago");
        } finally {
            setTolerance("");
        }
    }

    @Test
    void tokenFromBeforeTheNotBeforeTimeIsRefused() {
        String token = idToken(REALM.gasPump());
        long later = Instant.now().getEpochSecond() + 1;
        REALM.admin().updateRealm(REALM.name(), realm -> realm.put("notBefore", later));
        try {
            assertRefused(send(REALM.gasPump(), token), "not-before");
        } finally {
            REALM.admin().updateRealm(REALM.name(), realm -> realm.put("notBefore", 0));
        }
    }

    @Test
    void tokenFromBeforeAnAdminHasSignedTheUserOutIsRefused() {
        String user = OpenRequest.somebody(REALM);
        String token = tokens(REALM, REALM.gasPump(), user).text("id_token");
        await().until(
                        () ->
                                Instant.now().getEpochSecond()
                                        > claims(token)
                                                .getIssueTime()
                                                .toInstant()
                                                .getEpochSecond());
        call("POST", "/users/" + REALM.userId(user) + "/logout", null);

        assertRefused(send(REALM.gasPump(), token), "not-before");
    }

    /** The attacker's own client and account: the last name is the id of somebody else. */
    @Test
    void subjectThatAMapperSetsNamesNobody() {
        String alice = REALM.userId("alice");
        call(
                "POST",
                "/users",
                Json.object()
                        .put("username", "mallory")
                        .put("enabled", true)
                        .put("email", "mallory@ciba-demo.example")
                        .put("emailVerified", true)
                        .put("lastName", alice));
        RelyingParty pump = REALM.relyingParty(MAPPED);
        String token = tokens(REALM, pump, "mallory").text("id_token");
        assertThat(claims(token).getSubject()).isEqualTo(alice);

        assertRefused(send(pump, token), "mapper");
    }

    @Test
    void pairwiseSubjectNamesItsUser() {
        RelyingParty pump = REALM.relyingParty(PAIRWISE);
        String token = idToken(pump);
        assertThat(claims(token).getSubject()).isNotEqualTo(REALM.userId("alice"));
        assertAlice(send(pump, token));
    }

    @Test
    void keycloaksOwnEndpointTakesTheTokenWhereTheRealmAsksForIt() {
        String token = idToken(REALM.gasPump());
        setRequestedHint("id_token_hint");
        try {
            Answer started = send(REALM.gasPump().atKeycloakEndpoints(), token);
            assertThat(started.status()).as(started.body()).isEqualTo(200);
        } finally {
            setRequestedHint("login_hint");
        }
    }

    private static void addClients(RealmDocument realm) {
        realm.addClient(SHORT_LIVED, "short-lived-secret");
        realm.clientAttribute(SHORT_LIVED, "access.token.lifespan", "1");
        ObjectNode pairwise = realm.addClient(PAIRWISE, "pairwise-secret");
        ArrayNode redirects = pairwise.putArray("redirectUris");
        redirects.add("https://pump.example/callback");
        ObjectNode mapper = pairwise.putArray("protocolMappers").addObject();
        mapper.put("name", "pairwise").put("protocol", "openid-connect");
        mapper.put("protocolMapper", "oidc-sha256-pairwise-sub-mapper");
        mapper.putObject("config").put("pairwiseSubAlgorithmSalt", "salt");
        ObjectNode subject =
                realm.addClient(MAPPED, "mapped-secret").putArray("protocolMappers").addObject();
        subject.put("name", "subject").put("protocol", "openid-connect");
        subject.put("protocolMapper", "oidc-usermodel-attribute-mapper");
        subject.putObject("config")
                .put("user.attribute", "lastName")
                .put("claim.name", "sub")
                .put("id.token.claim", "true")
                .put("jsonType.label", "String");
    }

    private static void addKey() {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.put("name", "newer").put("providerId", "rsa-generated");
        key.put("providerType", "org.keycloak.keys.KeyProvider");
        ObjectNode config = key.putObject("config");
        config.putArray("priority").add("1000");
        config.putArray("algorithm").add("RS256");
        call("POST", "/components", key);
    }

    private static void call(String method, String path, JsonNode body) {
        Answer answer = REALM.admin().call(method, "/" + REALM.name() + path, body);
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
    }

    private static void setTolerance(String seconds) {
        setAttribute(TOLERANCE, seconds);
    }

    private static void setRequestedHint(String hint) {
        setAttribute("cibaAuthRequestedUserHint", hint);
    }

    private static void setAttribute(String key, String value) {
        REALM.admin()
                .updateRealm(
                        REALM.name(), realm -> realm.withObject("/attributes").put(key, value));
    }

    private static String idToken(RelyingParty pump) {
        return idToken(REALM, pump);
    }

    private static String idToken(RealmFixture realm, RelyingParty pump) {
        return tokens(realm, pump).text("id_token");
    }

    private static Answer tokens(RelyingParty pump) {
        return tokens(REALM, pump);
    }

    private static Answer tokens(RealmFixture realm, RelyingParty pump) {
        return tokens(realm, pump, "alice");
    }

    /** The previous authentication that the hint is a remnant of. */
    private static Answer tokens(RealmFixture realm, RelyingParty pump, String user) {
        Answer started = pump.start(Form.of("scope", "openid", "login_hint", user));
        MailReader.approves(realm.mailbox().awaitMailFor(started.authReqId()));
        Answer tokens = pump.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return tokens;
    }

    private static Answer send(RelyingParty pump, String idToken) {
        return pump.start(Form.of("scope", "openid", "id_token_hint", idToken));
    }

    private static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertAlice(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        ReceivedMail mail = REALM.mailbox().awaitMailFor(answer.authReqId());
        assertThat(mail.to()).contains("alice@ciba-demo.example");
        MailReader.denies(mail);
    }

    private static void assertRefused(Answer answer, String check) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.errorDescription()).contains(check);
    }
}
