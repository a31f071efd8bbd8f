// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.page.Pictures;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An agent asks to act for a person, who reads its name in the mail's page and approves; the agent
 * exchanges the token, as far as Keycloak's feature {@code token-exchange-delegation} goes.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "a server with features of its own is built on this machine")
@NeedsKeycloak(value = "26.7", because = "the feature token-exchange-delegation")
class DelegationIT {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String AGENT = "travel-agent";
    private static final String TO_AGENT = "openid delegation:service-account-travel-agent";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(FeaturesServer::shared)
                    .with(
                            realm -> {
                                addAgent(realm, AGENT, "Travel Agent");
                                addAgent(realm, "idle-agent", "Idle Agent");
                            });

    private final RelyingParty agent = REALM.relyingParty(AGENT);

    private static void addAgent(RealmDocument realm, String clientId, String name) {
        ObjectNode client = realm.addClient(clientId, clientId + "-secret");
        client.put("name", name).put("serviceAccountsEnabled", true).put("consentRequired", true);
        client.withObjectProperty("attributes").put("standard.token.exchange.enabled", "true");
    }

    /** As an admin does it: who may act for others has the role that impersonation needs. */
    @BeforeAll
    static void allowTheAgentToActForUsers() {
        String scope = find("/client-scopes", "name", "delegation").path("id").asText();
        for (String client : List.of(AGENT, "idle-agent")) {
            call("PUT", "/clients/%s/optional-client-scopes/%s".formatted(id(client), scope), null);
        }
        String roles = id("realm-management");
        JsonNode role = call("GET", "/clients/" + roles + "/roles/impersonation", null).json();
        call(
                "POST",
                "/users/%s/role-mappings/clients/%s".formatted(account(AGENT), roles),
                Json.MAPPER.createArrayNode().add(role));
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @NeedsKeycloak(value = "26.7.3", because = "before, nobody can tell which scopes name a user")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void agentAsksPersonApprovesAndTheTokenSaysWhoMayAct(boolean atAs) throws ParseException {
        String person = OpenRequest.somebody(REALM);
        OpenRequest request = asked(atAs ? agent : agent.atKeycloakEndpoints(), person);

        assertThat(request.open().body())
                .contains("<bdi>Delegate token to administrator Travel Agent (travel-agent)?</bdi>")
                .doesNotContain(account(AGENT));

        request.decide("approve");
        Answer tokens = request.result();

        JWTClaimsSet claims = claims(tokens);
        assertThat(claims.getSubject()).isEqualTo(REALM.userId(person));
        assertThat(claims.getClaim("may_act")).isEqualTo(Map.of("sub", account(AGENT)));
    }

    @NeedsKeycloak(value = "26.7.3", because = "before, nobody can tell which scopes name a user")
    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    @BrowserTest
    void personReadsWhoWillAct(String language, BrowserContext any) {
        String person = OpenRequest.somebody(REALM);
        REALM.admin()
                .updateUser(
                        REALM.name(),
                        person,
                        user ->
                                user.withObjectProperty("attributes")
                                        .putArray("locale")
                                        .add(language));
        OpenRequest request = asked(agent, person, "Trip-to-Lisbon-" + language);

        try (BrowserContext context = any.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(request.link().toString());

            assertThat(page.locator("main").innerText()).contains("Travel Agent (travel-agent)");
            Pictures.gallery(page, "page-delegation", language);
        }
    }

    /**
     * Keycloak 26.7 takes an {@code actor_token} at the exchange and does nothing with it, and
     * finds no consent to the delegation there. The day it makes the claim, this test and
     * docs/delegation.md change.
     */
    @Test
    void exchangedTokenIsThePersonsAndHasNoActorBecauseKeycloakMakesNone() throws ParseException {
        String person = OpenRequest.somebody(REALM);
        OpenRequest request = asked(agent, person);
        request.decide("approve");
        String approved = request.result().text("access_token");
        String own = token("client_credentials", Form.empty()).text("access_token");

        Form exchange =
                Form.of("subject_token", approved)
                        .and("subject_token_type", ACCESS_TOKEN)
                        .and("actor_token", own)
                        .and("actor_token_type", ACCESS_TOKEN);

        Answer delegated = token(EXCHANGE, exchange.and("scope", TO_AGENT));
        assertThat(delegated.error()).as(delegated.body()).isEqualTo("invalid_scope");
        Answer exchanged = token(EXCHANGE, exchange);
        assertThat(exchanged.status()).as(exchanged.body()).isEqualTo(200);
        JWTClaimsSet claims = claims(exchanged);
        assertThat(claims.getSubject()).isEqualTo(REALM.userId(person));
        assertThat(claims.getStringClaim("azp")).isEqualTo(AGENT);
        assertThat(claims.getClaim("may_act")).isNull();
        assertThat(claims.getClaim("act")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid delegation:service-account-idle-agent",
                "openid delegation:service-account-travel-agent"
                        + " delegation:service-account-idle-agent",
                "openid delegation:nobody-of-that-name",
                "openid delegation:client:travel-agent",
                "openid delegation:user:alice",
                "openid delegation:alice",
                "openid delegation:",
                "openid delegation"
            })
    void delegationThatKeycloakWouldNotGrantIsRefusedAtTheStart(String scope) {
        for (RelyingParty party : List.of(agent, agent.atKeycloakEndpoints())) {
            Answer refused = party.start(Form.of("scope", scope, "login_hint", "alice"));

            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_scope");
        }
    }

    private static OpenRequest asked(RelyingParty agent, String person) {
        return asked(agent, person, "Trip-" + UUID.randomUUID());
    }

    private static OpenRequest asked(RelyingParty agent, String person, String message) {
        Answer started =
                agent.start(
                        Form.of("scope", TO_AGENT, "login_hint", person)
                                .and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return new OpenRequest(
                agent,
                started,
                REALM.mailbox().await(found -> found.mentions(message), Duration.ofSeconds(20)));
    }

    private Answer token(String grantType, Form parameters) {
        return agent.send(
                REALM.url("/protocol/openid-connect/token"),
                Form.of("grant_type", grantType).and(parameters));
    }

    private static JWTClaimsSet claims(Answer tokens) throws ParseException {
        return SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet();
    }

    private static String account(String client) {
        return call("GET", "/clients/" + id(client) + "/service-account-user", null)
                .json()
                .path("id")
                .asText();
    }

    private static String id(String client) {
        return REALM.admin().client(REALM.name(), client).path("id").asText();
    }

    private static JsonNode find(String path, String member, String value) {
        return StreamSupport.stream(call("GET", path, null).json().spliterator(), false)
                .filter(found -> found.path(member).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static Answer call(String method, String path, JsonNode body) {
        Answer answer = REALM.admin().call(method, "/" + REALM.name() + path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
        return answer;
    }
}
