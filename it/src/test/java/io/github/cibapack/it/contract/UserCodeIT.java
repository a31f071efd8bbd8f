// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A code that only the user and Keycloak know, without which nobody is asked. */
@Tag("CIBA-Core-7.1")
@Tag("CIBA-Core-13")
class UserCodeIT {

    private static final SigningKey KEY = SigningKey.generate();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(UserCodeIT::addClientsAndUsers);

    private final RelyingParty bank = REALM.relyingParty("bank");

    private static void addClientsAndUsers(RealmDocument realm) {
        addClient(realm, "bank");
        addClient(realm, "other-bank");
        realm.addUser("saver");
        realm.addUser("guesser");
        realm.addUser("newcomer");
        realm.client("gas-pump")
                .put("standardFlowEnabled", true)
                .withArrayProperty("redirectUris")
                .add("http://127.0.0.1/*");
    }

    private static void addClient(RealmDocument realm, String clientId) {
        realm.addClient(clientId, clientId + "-secret");
        realm.clientAttribute(clientId, "use.jwks.string", "true");
        realm.clientAttribute(clientId, "jwks.string", KEY.publicKeySet());
        realm.clientAttribute(clientId, "ciba.backchannel.auth.request.signing.alg", "ES256");
        realm.clientAttribute(clientId, "ciba.backchannel.user.code.parameter", "true");
    }

    @BeforeAll
    static void setCodes() {
        assertThat(setCode("saver", "4711").status()).isEqualTo(204);
        assertThat(setCode("guesser", "ünïcode ☂").status()).isEqualTo(204);
        REALM.admin()
                .call(
                        "POST",
                        "/" + REALM.name() + "/authentication/register-required-action",
                        Json.MAPPER
                                .createObjectNode()
                                .put("providerId", "ciba-user-code")
                                .put("name", "Code for requests"));
    }

    @Test
    @Clause({"7.1-12", "7.2-8"})
    void rightCodeStartsTheRequestAtBothEndpoints() {
        assertThat(start(bank, "saver", "4711").status()).isEqualTo(200);
        Answer keycloak = start(bank.atKeycloakEndpoints(), "saver", "4711");
        assertThat(keycloak.status()).as(keycloak.body()).isEqualTo(200);
    }

    @Test
    @Clause({"7.1.2-1", "13-6"})
    void missingCodeIsSaidSoAtBothEndpoints() {
        Form form = Form.of("scope", "openid", "login_hint", "saver");
        assertThat(bank.start(form).status()).isEqualTo(400);
        assertThat(bank.start(form).error()).isEqualTo("missing_user_code");
        assertThat(bank.atKeycloakEndpoints().start(form).error()).isEqualTo("missing_user_code");
    }

    @Test
    @Clause({"7.1.2-2", "7.2-8", "13-6"})
    void wrongCodeStartsNothingAtBothEndpoints() {
        RelyingParty other = REALM.relyingParty("other-bank");
        assertThat(start(other, "saver", "4712").status()).isEqualTo(400);
        assertThat(start(other, "saver", "47110").error()).isEqualTo("invalid_user_code");
        assertThat(start(other.atKeycloakEndpoints(), "saver", "").error())
                .isEqualTo("missing_user_code");
        assertThat(start(other.atKeycloakEndpoints(), "saver", "4712").error())
                .isEqualTo("invalid_user_code");
    }

    @Test
    @Clause({"7.1-12", "7.1.2-1", "7.1.2-2"})
    void codeInsideASignedRequestCountsAtBothEndpoints() {
        for (RelyingParty at : new RelyingParty[] {bank, bank.atKeycloakEndpoints()}) {
            Answer right = at.start(Form.of("request", signed(at, "4711")));
            assertThat(right.status()).as(right.body()).isEqualTo(200);
            assertThat(at.start(Form.of("request", signed(at, "4712"))).error())
                    .isEqualTo("invalid_user_code");
            assertThat(at.start(Form.of("request", signed(at, null))).error())
                    .isEqualTo("missing_user_code");
            assertThat(at.start(Form.of("request", signed(at, null), "user_code", "4711")).error())
                    .as("nothing counts beside the signed request")
                    .isEqualTo("invalid_request");
        }
    }

    private static String signed(RelyingParty client, String code) {
        Instant now = Instant.now();
        return KEY.sign(
                new JWTClaimsSet.Builder()
                        .issuer(client.clientId())
                        .audience(client.issuer().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid")
                        .claim("login_hint", "saver")
                        .claim("user_code", code)
                        .build());
    }

    @Test
    void userWithoutCodeIsNotToldApart() {
        Answer without = start(bank, "alice", "4711");
        assertThat(without.error()).isEqualTo("invalid_user_code");
        assertThat(sentence(without)).isEqualTo(sentence(start(bank, "alice", "0000")));
    }

    @Test
    void fifthWrongCodeBlocksThisClientForThisUserOnly() {
        Answer wrong = start(bank, "guesser", "wrong-0");
        for (int i = 1; i < 5; i++) {
            assertThat(start(bank, "guesser", "wrong-" + i).error()).isEqualTo("invalid_user_code");
        }
        Answer blocked = start(bank, "guesser", "ünïcode ☂");
        assertThat(blocked.error()).isEqualTo("invalid_user_code");
        assertThat(sentence(blocked)).isEqualTo(sentence(wrong));
        assertThat(start(bank.atKeycloakEndpoints(), "guesser", "ünïcode ☂").error())
                .isEqualTo("invalid_user_code");

        assertThat(start(REALM.relyingParty("other-bank"), "guesser", "ünïcode ☂").status())
                .isEqualTo(200);
    }

    @Test
    void clientThatIsNotRegisteredForCodesMaySendAnything() {
        assertThat(start(REALM.gasPump(), "saver", "whatever").status()).isEqualTo(200);
    }

    @Test
    void adminCannotSetWhatIsNoCode() {
        assertThat(setCode("saver", "123").status()).isEqualTo(400);
        assertThat(setCode("saver", "x".repeat(65)).status()).isEqualTo(400);
        assertThat(setCode("saver", "line\nbreak").status()).isEqualTo(400);
    }

    @Test
    void adminNeverSeesTheCode() {
        JsonNode credentials =
                REALM.admin()
                        .call(
                                "GET",
                                "/%s/users/%s/credentials"
                                        .formatted(REALM.name(), REALM.userId("saver")),
                                null)
                        .json();
        assertThat(credentials.findValuesAsText("type")).contains("ciba-user-code");
        assertThat(credentials.toString()).doesNotContain("4711").doesNotContain("secretData");
    }

    @Test
    @BrowserTest
    void userSetsTheCodeOnAPage(Page page) {
        page.navigate(
                REALM.url("/protocol/openid-connect/auth")
                        + "?client_id=gas-pump&response_type=code&scope=openid"
                        + "&redirect_uri=http://127.0.0.1/done&kc_action=ciba-user-code");
        page.fill("#username", "newcomer");
        page.fill("#password", "alice-password");
        page.click("[type=submit]");

        page.fill("#user-code", "2468");
        page.fill("#user-code-confirm", "2469");
        page.click("button:not([name])");
        assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("not the same");

        page.fill("#user-code", "2468");
        page.fill("#user-code-confirm", "2468");
        page.waitForRequest("http://127.0.0.1/done**", () -> page.click("button:not([name])"));

        assertThat(start(bank, "newcomer", "2468").status()).isEqualTo(200);
    }

    private static Answer setCode(String username, String code) {
        return REALM.admin()
                .call(
                        "PUT",
                        "/%s/ciba/users/%s/user-code"
                                .formatted(REALM.name(), REALM.userId(username)),
                        Json.MAPPER.createObjectNode().put("value", code));
    }

    private static Answer start(RelyingParty party, String username, String code) {
        return party.start(Form.of("scope", "openid", "login_hint", username, "user_code", code));
    }

    /** Without the correlation id. */
    private static String sentence(Answer answer) {
        return answer.errorDescription().replaceAll(" \\(Correlation ID: .*", "");
    }
}
