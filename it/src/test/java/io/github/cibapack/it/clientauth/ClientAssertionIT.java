// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static io.github.cibapack.it.clientauth.Target.AS_START;
import static io.github.cibapack.it.clientauth.Target.AS_TOKEN;
import static io.github.cibapack.it.clientauth.Target.KEYCLOAK_START;
import static io.github.cibapack.it.clientauth.Target.KEYCLOAK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.DemoKeys;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.ClientAssertion;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code private_key_jwt} and {@code client_secret_jwt}: what an assertion must be like. */
class ClientAssertionIT {

    private static final String PRIVATE_KEY = "gas-pump-private-key";
    private static final String SECRET_JWT = "gas-pump-secret-jwt";
    private static final String SHORT_LIVED = "short-lived";
    private static final String BASIC = "basic-only";
    private static final String BASIC_SECRET = "basic-only-".repeat(4);
    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ClientAssertionIT::addClients);

    private static void addClients(RealmDocument realm) {
        var shortLived = realm.client(PRIVATE_KEY).deepCopy();
        shortLived.put("clientId", SHORT_LIVED);
        shortLived
                .withObjectProperty("attributes")
                .put("token.endpoint.auth.signing.max.exp", "120");
        realm.json().withArrayProperty("clients").add(shortLived);
        realm.addClient(BASIC, BASIC_SECRET);
    }

    static Stream<Arguments> everyClientEverywhere() {
        return Stream.of(PRIVATE_KEY, SECRET_JWT)
                .flatMap(
                        client ->
                                Arrays.stream(Target.values())
                                        .map(target -> Arguments.of(client, target)));
    }

    static Stream<Arguments> everyClientAtDocumented() {
        return Stream.of(PRIVATE_KEY, SECRET_JWT)
                .flatMap(
                        client ->
                                Stream.of(AS_START, AS_TOKEN)
                                        .map(target -> Arguments.of(client, target)));
    }

    @ParameterizedTest
    @MethodSource("everyClientEverywhere")
    @Clause({"7.1-1", "7.1-2", "10.1-1"})
    void keycloaksAudiencesAreAcceptedEverywhere(String client, Target target) {
        Stream.of("", "/protocol/openid-connect/token", "/protocol/openid-connect/ext/ciba/auth")
                .forEach(
                        path ->
                                target.assertAuthenticated(
                                        send(target, assertion(client).audience(inRealm(path)))));
    }

    @ParameterizedTest
    @MethodSource("everyClientEverywhere")
    @Clause({"7.1-1", "7.1-3"})
    void documentedAudiencesAreAcceptedAtDocumentedEndpointsOnly(String client, Target target) {
        Stream.of("/as", "/as/token", "/as/cibaAuthorization")
                .forEach(
                        path -> {
                            Answer answer = send(target, assertion(client).audience(inRealm(path)));
                            if (target.isDocumented()) {
                                target.assertAuthenticated(answer);
                            } else {
                                target.assertNotAuthenticated(answer);
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("everyClientAtDocumented")
    void whatLooksLikeAnAudienceIsNone(String client, Target target) {
        Stream.of("/as/tokenx", "/as/", "/AS/token", "/as/token?", "/asx", "/as/token/../token")
                .forEach(
                        path ->
                                target.assertNotAuthenticated(
                                        send(target, assertion(client).audience(inRealm(path)))));
        Stream.of(
                        "https://other.example/realms/" + REALM.name() + "/as/token",
                        REALM.server().url("/realms/master/as/token").toString(),
                        "as/token",
                        "")
                .forEach(
                        other ->
                                target.assertNotAuthenticated(
                                        send(target, assertion(client).audience(other))));
    }

    @ParameterizedTest
    @MethodSource("everyClientAtDocumented")
    void audienceIsNeeded(String client, Target target) {
        target.assertNotAuthenticated(send(target, assertion(client)));
    }

    @ParameterizedTest
    @MethodSource("everyClientAtDocumented")
    void secondAudienceIsRefusedEvenIfBothAreOurs(String client, Target target) {
        target.assertNotAuthenticated(
                send(target, assertion(client).audience(inRealm("/as"), inRealm("/as/token"))));
        target.assertNotAuthenticated(
                send(target, assertion(client).audience(inRealm("/as"), inRealm(""))));
        target.assertNotAuthenticated(
                send(target, assertion(client).audience(inRealm("/as"), "https://other.example/")));
    }

    @ParameterizedTest
    @MethodSource("everyClientAtDocumented")
    void assertionMayBeGoodForAnHourAndNoLonger(String client, Target target) {
        ClientAssertion ours = assertion(client).audience(inRealm("/as"));

        target.assertAuthenticated(send(target, ours.expiresIn(HOUR.minusSeconds(5))));
        target.assertAuthenticated(
                send(target, ours.with("iat", null).expiresIn(HOUR.minusSeconds(5))));
        target.assertAuthenticated(
                send(
                        target,
                        ours.issuedAgo(Duration.ofMinutes(30)).expiresIn(Duration.ofMinutes(5))));

        target.assertNotAuthenticated(send(target, ours.expiresIn(HOUR.plusSeconds(60))));
        target.assertNotAuthenticated(
                send(target, ours.with("iat", null).expiresIn(HOUR.plusSeconds(60))));
        target.assertNotAuthenticated(send(target, ours.with("exp", Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @MethodSource("everyClientAtDocumented")
    void assertionOutsideOfItsTimeIsRefused(String client, Target target) {
        ClientAssertion ours = assertion(client).audience(inRealm("/as"));

        target.assertNotAuthenticated(send(target, ours.expiresIn(Duration.ofMinutes(-2))));
        target.assertNotAuthenticated(send(target, ours.with("exp", null)));
        target.assertNotAuthenticated(send(target, ours.issuedAgo(Duration.ofMinutes(-5))));
        target.assertNotAuthenticated(send(target, ours.issuedAgo(HOUR.plusMinutes(5))));
        target.assertNotAuthenticated(
                send(target, ours.with("nbf", Instant.now().getEpochSecond() + 300)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"AS_START", "AS_TOKEN"})
    void clientsOwnMaximumStays(Target target) {
        ClientAssertion ours = assertion(SHORT_LIVED).audience(inRealm("/as"));

        target.assertAuthenticated(
                send(target, ours.with("iat", null).expiresIn(Duration.ofSeconds(100))));
        target.assertNotAuthenticated(
                send(target, ours.with("iat", null).expiresIn(Duration.ofMinutes(5))));
        target.assertNotAuthenticated(
                send(target, ours.issuedAgo(Duration.ofSeconds(200)).expiresIn(HOUR.dividedBy(2))));
    }

    static Stream<Arguments> everyPairOfEndpoints() {
        return Stream.of(PRIVATE_KEY, SECRET_JWT)
                .flatMap(
                        client ->
                                Stream.of(
                                        Arguments.of(client, AS_START, AS_START),
                                        Arguments.of(client, AS_START, AS_TOKEN),
                                        Arguments.of(client, AS_TOKEN, AS_START),
                                        Arguments.of(client, AS_START, KEYCLOAK_START),
                                        Arguments.of(client, AS_TOKEN, KEYCLOAK_TOKEN),
                                        Arguments.of(client, KEYCLOAK_START, AS_START),
                                        Arguments.of(client, KEYCLOAK_TOKEN, AS_TOKEN)));
    }

    @ParameterizedTest
    @MethodSource("everyPairOfEndpoints")
    void assertionIsGoodForOneUse(String client, Target first, Target second) {
        Form signed = assertion(client).audience(inRealm("")).expiresIn(HOUR.dividedBy(2)).signed();

        first.assertAuthenticated(send(first, client, signed));
        second.assertNotAuthenticated(send(second, client, signed));
    }

    @Test
    void refusedAudienceAtKeycloaksEndpointUsesNothingUp() {
        Form signed = assertion(PRIVATE_KEY).audience(inRealm("/as/token")).signed();

        KEYCLOAK_TOKEN.assertNotAuthenticated(send(KEYCLOAK_TOKEN, PRIVATE_KEY, signed));
        AS_TOKEN.assertAuthenticated(send(AS_TOKEN, PRIVATE_KEY, signed));
    }

    @ParameterizedTest
    @MethodSource("everyClientAtDocumented")
    void assertionWithoutAnIdIsRefused(String client, Target target) {
        target.assertNotAuthenticated(
                send(target, assertion(client).audience(inRealm("/as")).with("jti", null)));
    }

    @Test
    void clientUsesItsOwnMethodOnly() {
        ClientAssertion basicClients =
                ClientAssertion.of(BASIC, BASIC_SECRET).audience(inRealm("/as"));
        RelyingParty withSecret =
                REALM.relyingParty(PRIVATE_KEY).withSecret("anything-at-all").withSecretInBody();
        RelyingParty secretOfJwtClient = REALM.relyingParty(SECRET_JWT);

        for (Target target : new Target[] {AS_START, AS_TOKEN}) {
            target.assertNotAuthenticated(send(target, BASIC, basicClients.signed()));
            target.assertNotAuthenticated(withSecret.send(target.uri(withSecret), target.form()));
            target.assertNotAuthenticated(
                    secretOfJwtClient.send(target.uri(secretOfJwtClient), target.form()));
            target.assertNotAuthenticated(
                    secretOfJwtClient
                            .withSecretInBody()
                            .send(target.uri(secretOfJwtClient), target.form()));
        }
    }

    @Test
    void wrongKeyWrongSecretAndNoSignatureAreRefused() throws JOSEException {
        ClientAssertion wrongKey =
                ClientAssertion.of(
                        PRIVATE_KEY, new ECKeyGenerator(Curve.P_256).keyID("another").generate());
        ClientAssertion wrongSecret = ClientAssertion.of(SECRET_JWT, "wrong-secret-".repeat(3));
        Form unsigned =
                Form.of(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        new PlainJWT(
                                        new JWTClaimsSet.Builder()
                                                .issuer(PRIVATE_KEY)
                                                .subject(PRIVATE_KEY)
                                                .audience(inRealm("/as"))
                                                .jwtID("unsigned")
                                                .claim("exp", Instant.now().getEpochSecond() + 30)
                                                .build())
                                .serialize());

        for (Target target : new Target[] {AS_START, AS_TOKEN}) {
            target.assertNotAuthenticated(
                    send(target, PRIVATE_KEY, wrongKey.audience(inRealm("/as")).signed()));
            target.assertNotAuthenticated(
                    send(target, SECRET_JWT, wrongSecret.audience(inRealm("/as")).signed()));
            target.assertNotAuthenticated(send(target, PRIVATE_KEY, unsigned));
            target.assertNotAuthenticated(
                    send(
                            target,
                            PRIVATE_KEY,
                            Form.of(
                                    "client_assertion_type",
                                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                    "client_assertion",
                                    "not.a.jwt")));
        }
    }

    @ParameterizedTest
    @MethodSource("assertingClients")
    void wholeWayWorksWithAssertions(String client) {
        RelyingParty pump = REALM.relyingParty(client).withoutSecret();

        Answer started =
                pump.send(
                        pump.startEndpoint(),
                        Form.of("scope", "openid", "login_hint", "alice")
                                .and(
                                        assertion(client)
                                                .audience(inRealm("/as/cibaAuthorization"))
                                                .signed()));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        Answer tokens =
                pump.send(
                        pump.tokenEndpoint(),
                        Form.of(
                                        "grant_type",
                                        RelyingParty.GRANT_TYPE,
                                        "auth_req_id",
                                        started.authReqId())
                                .and(assertion(client).audience(inRealm("/as/token")).signed()));

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("id_token")).isNotEmpty();
    }

    static Stream<String> assertingClients() {
        return Stream.of(PRIVATE_KEY, SECRET_JWT);
    }

    private static ClientAssertion assertion(String clientId) {
        return clientId.equals(SECRET_JWT)
                ? ClientAssertion.of(clientId, REALM.secretOf(clientId))
                : ClientAssertion.of(clientId, DemoKeys.gasPump());
    }

    private static String inRealm(String path) {
        return REALM.url(path).toString();
    }

    private static Answer send(Target target, ClientAssertion assertion) {
        return target.send(REALM.gasPump(), assertion.signed());
    }

    private static Answer send(Target target, String clientId, Form signed) {
        return target.send(REALM.relyingParty(clientId), signed);
    }
}
