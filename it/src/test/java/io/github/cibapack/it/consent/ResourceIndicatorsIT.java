// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The APIs that a token is asked for (RFC 8707) are read before the approval and in the token. */
@NeedsKeycloak(value = "26.7", because = "resource indicators")
class ResourceIndicatorsIT {
    private static final SigningKey KEY = SigningKey.generate();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ResourceIndicatorsIT::prepare);

    private static void prepare(RealmDocument realm) {
        Apis.addTo(realm);
        realm.clientAttribute(
                "gas-pump", "allow.token.introspection.without.audience.check", "true");
        realm.clientAttribute(
                "gas-pump", "client.introspection.response.allow.jwt.claim.enabled", "true");
        Policies.add(realm, "hiding", "hideUsers", "true");
        realm.addClient("hiding-pump", "hiding-pump-secret");
        realm.clientAttribute("hiding-pump", "ciba.policies", "hiding");
        mapperThatFailsForWhoHasACostCentre(realm, "hiding-pump");
        realm.addUser("mara").withObjectProperty("attributes").putArray("costCentre").add("K 17");
        realm.clientAttribute("gas-pump-post", "use.jwks.string", "true");
        realm.clientAttribute("gas-pump-post", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute(
                "gas-pump-post", "ciba.backchannel.auth.request.signing.alg", "ES256");
    }

    /** Keycloak cannot put a list into a claim that is a text already. */
    private static void mapperThatFailsForWhoHasACostCentre(RealmDocument realm, String client) {
        mapper(realm, client, "oidc-usermodel-attribute-mapper", "centre")
                .put("user.attribute", "costCentre")
                .put("jsonType.label", "String");
        mapper(realm, client, "oidc-usermodel-realm-role-mapper", "centre.roles")
                .put("multivalued", "true");
    }

    private static ObjectNode mapper(
            RealmDocument realm, String client, String type, String claim) {
        return realm.client(client)
                .withArray("/protocolMappers")
                .addObject()
                .put("name", claim)
                .put("protocol", "openid-connect")
                .put("protocolMapper", type)
                .putObject("config")
                .put("claim.name", claim)
                .put("access.token.claim", "true");
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsReadIsWhatTheTokenIsFor(boolean atAs) throws ParseException {
        OpenRequest request = asked(pump(atAs), Apis.PAYMENTS, Apis.ACCOUNTS, Apis.PAYMENTS);

        for (String text : List.of(request.mail().text(), request.mail().html(), body(request))) {
            assertThat(text)
                    .contains("Valid for", "Payments API", Apis.PAYMENTS)
                    .contains("Accounts API", Apis.ACCOUNTS)
                    .doesNotContain("Loans API");
        }

        request.decide("approve");
        Answer tokens = request.result();

        assertThat(Apis.audience(tokens)).containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);
        Answer refreshed = refreshed(tokens);
        assertThat(Apis.audience(refreshed)).containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);
        assertThat(Apis.audience(refreshed(refreshed)))
                .containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);
        assertThat(REALM.admin().events(REALM.name()))
                .filteredOn(
                        event ->
                                event.path("details")
                                        .path("resource")
                                        .asText()
                                        .equals(Apis.PAYMENTS + " " + Apis.ACCOUNTS))
                .as("of the start, the decision and the redemption")
                .hasSizeGreaterThanOrEqualTo(3);
    }

    /** Also as a JWT, which its client could carry to another API. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void introspectionNamesNoOther(boolean atAs) throws ParseException {
        OpenRequest request = asked(pump(atAs), Apis.PAYMENTS);
        request.decide("approve");
        Answer tokens = request.result();

        assertThat(introspected(tokens, "access_token")).containsExactly(Apis.PAYMENTS);
        assertThat(introspected(tokens, "refresh_token"))
                .containsExactly(REALM.gasPump().issuer().toString());
    }

    /** The audience. */
    private static List<String> introspected(Answer tokens, String type) throws ParseException {
        Answer told =
                REALM.gasPump()
                        .send(
                                REALM.url("/protocol/openid-connect/token/introspect"),
                                Form.of("token", tokens.text(type), "token_type_hint", type),
                                "Accept",
                                "application/jwt");
        List<String> audience = SignedJWT.parse(told.text("jwt")).getJWTClaimsSet().getAudience();
        assertThat(List.of(told.text("aud"))).as(told.body()).isEqualTo(audience);
        return audience;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signedOnesAreShownAndGrantedTheSame(boolean atAs) throws ParseException {
        RelyingParty post = REALM.gasPumpPost();
        RelyingParty pump = atAs ? post : post.atKeycloakEndpoints();
        for (Object resource : new Object[] {Apis.PAYMENTS, List.of(Apis.PAYMENTS)}) {
            String message = "Order-" + UUID.randomUUID();
            OpenRequest request =
                    OpenRequest.saying(
                            message,
                            REALM,
                            pump,
                            Form.of("request", signed(pump, message, resource)));
            assertThat(body(request)).contains("Payments API", Apis.PAYMENTS);

            request.decide("approve");

            assertThat(Apis.audience(request.result())).containsExactly(Apis.PAYMENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void besideASignedRequestTheyAreRefused(boolean atAs) {
        RelyingParty post = REALM.gasPumpPost();
        RelyingParty pump = atAs ? post : post.atKeycloakEndpoints();

        Answer refused =
                pump.start(
                        Form.of("request", signed(pump, "any", Apis.PAYMENTS))
                                .and("resource", Apis.ACCOUNTS));

        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    @Test
    void clientIsNamedByItsIdToo() throws ParseException {
        OpenRequest request = asked(pump(true), Apis.BY_ID);
        assertThat(body(request)).contains("Payments API", Apis.BY_ID);

        request.decide("approve");

        assertThat(Apis.audience(request.result())).containsExactly("payments-api");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tokenRequestMayAskForLessAndARefreshForTheRest(boolean atAs) throws ParseException {
        OpenRequest request = asked(pump(atAs), Apis.PAYMENTS, Apis.ACCOUNTS);
        request.decide("approve");

        Answer tokens = poll(request, Apis.ACCOUNTS);

        assertThat(Apis.audience(tokens)).containsExactly(Apis.ACCOUNTS);
        assertThat(Apis.audience(refreshed(tokens, "resource", Apis.PAYMENTS)))
                .containsExactly(Apis.PAYMENTS);
        assertThat(Apis.audience(refreshed(tokens))).containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);
        Answer more = refresh(tokens, "resource", Apis.LOANS);
        assertThat(more.error()).as(more.body()).isEqualTo("invalid_target");
    }

    @ParameterizedTest
    @CsvSource({
        "true, https://api.example/accounts",
        "false, https://api.example/accounts",
        "true, accounts",
        "true, https://api.example/loans"
    })
    void tokenRequestForMoreIsRefusedAndUsesNothingUp(boolean atAs, String other)
            throws ParseException {
        OpenRequest request = asked(pump(atAs), Apis.PAYMENTS);
        request.decide("approve");

        Answer refused = poll(request, other);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_target");
        Answer tokens = request.result();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(Apis.audience(tokens)).containsExactly(Apis.PAYMENTS);
    }

    @Test
    void withoutOneTheTokenIsForAllAndATokenRequestMayChoose() throws ParseException {
        OpenRequest all = asked(pump(true));
        assertThat(body(all)).doesNotContain("Valid for");
        all.decide("approve");
        assertThat(Apis.audience(all.result())).contains("payments-api", "accounts-api");

        OpenRequest chosen = asked(pump(true));
        chosen.decide("approve");
        assertThat(poll(chosen, Apis.LOANS).error()).isEqualTo("invalid_target");
        assertThat(Apis.audience(poll(chosen, Apis.PAYMENTS, Apis.ACCOUNTS)))
                .containsExactly(Apis.PAYMENTS, Apis.ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payments",
                "/payments",
                "https:payments",
                "https://api.example/payments#x",
                "https://api.example/payments?x=y",
                "https://api.example/pay ments",
                "https://api.example/p\u202Eayments",
                "https://api.example/p\u00E4yments",
                "https://api.example/payments/",
                "https://api.example/unknown",
                "https://api.example/loans",
                "urn:client:gas-pump-post",
                "urn:client:nobody"
            })
    void whatTheTokenCannotBeForIsRefusedAtBothEndpoints(String resource) {
        for (boolean atAs : new boolean[] {true, false}) {
            Answer refused =
                    pump(atAs)
                            .start(
                                    OpenRequest.forUser("alice")
                                            .and("resource", Apis.PAYMENTS)
                                            .and("resource", resource));

            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.error()).as(refused.body()).isEqualTo("invalid_target");
        }
    }

    @Test
    void tooManyAndTooLongOnesAreRefused() {
        Form many = OpenRequest.forUser("alice");
        for (int i = 0; i < 6; i++) {
            many = many.and("resource", "https://api.example/" + i);
        }
        String longOne = "https://api.example/" + "x".repeat(493);

        for (Form form : List.of(many, OpenRequest.forUser("alice").and("resource", longOne))) {
            for (boolean atAs : new boolean[] {true, false}) {
                Answer refused = pump(atAs).start(form);
                assertThat(refused.error()).as(refused.body()).isEqualTo("invalid_target");
            }
        }
    }

    @Test
    void whereUsersAreHiddenOneThatDependsOnTheUserIsNoAnswer() {
        RelyingParty hiding = REALM.relyingParty("hiding-pump").withSecretInBody();
        for (String hint : List.of(OpenRequest.somebody(REALM), "nobody-of-that-name", "mara")) {
            Form form = Form.of("scope", "openid", "login_hint", hint, "resource", Apis.LOANS);
            for (RelyingParty pump : List.of(hiding, hiding.atKeycloakEndpoints())) {
                Answer answer = pump.start(form);
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            }
        }
    }

    @Test
    void apiThatIsAnotherOneSinceTheApprovalIsNotGranted() {
        OpenRequest request = asked(pump(true), Apis.ACCOUNTS);
        request.decide("approve");

        moveAccountsTo("https://elsewhere.example/accounts");
        try {
            assertThat(request.result().error()).isEqualTo("invalid_grant");
        } finally {
            moveAccountsTo(Apis.ACCOUNTS);
        }
    }

    private static void moveAccountsTo(String url) {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        "accounts-api",
                        client -> client.withObjectProperty("attributes").put("resource_url", url));
    }

    private static RelyingParty pump(boolean atAs) {
        return atAs ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
    }

    private static OpenRequest asked(RelyingParty pump, String... resources) {
        String message = "Order-" + UUID.randomUUID();
        Form form =
                Form.of("scope", "openid offline_access")
                        .and("login_hint", OpenRequest.somebody(REALM))
                        .and("binding_message", message);
        for (String resource : resources) {
            form = form.and("resource", resource);
        }
        return OpenRequest.saying(message, REALM, pump, form);
    }

    private static String body(OpenRequest request) {
        return request.open().body();
    }

    private static Answer poll(OpenRequest request, String... resources) {
        Form form =
                Form.of("grant_type", RelyingParty.GRANT_TYPE)
                        .and("auth_req_id", request.started().authReqId());
        for (String resource : resources) {
            form = form.and("resource", resource);
        }
        return request.relyingParty().send(request.relyingParty().tokenEndpoint(), form);
    }

    private static Answer refreshed(Answer tokens, String... parameters) {
        Answer refreshed = refresh(tokens, parameters);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        return refreshed;
    }

    private static Answer refresh(Answer tokens, String... parameters) {
        return REALM.gasPump()
                .send(
                        REALM.url("/protocol/openid-connect/token"),
                        Form.of("grant_type", "refresh_token")
                                .and("refresh_token", tokens.text("refresh_token"))
                                .and(Form.of(parameters)));
    }

    private static String signed(RelyingParty pump, String message, Object resource) {
        Instant now = Instant.now();
        return KEY.sign(
                new JWTClaimsSet.Builder()
                        .issuer(pump.clientId())
                        .audience(pump.issuer().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid")
                        .claim("login_hint", OpenRequest.somebody(REALM))
                        .claim("binding_message", message)
                        .claim("resource", resource)
                        .build());
    }
}
