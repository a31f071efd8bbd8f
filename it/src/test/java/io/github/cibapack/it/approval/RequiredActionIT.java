// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody is asked for an approval that would get no tokens: Keycloak wants something done first.
 */
class RequiredActionIT {

    private static final String TERMS = "TERMS_AND_CONDITIONS";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(RequiredActionIT::prepare);

    private final RelyingParty byLink = REALM.gasPump();
    private final RelyingParty bySignIn = REALM.gasPumpPost();

    private static void prepare(RealmDocument realm) {
        Policies.add(realm, "signed-in", "approvalMode", "login");
        Policies.add(realm, "hiding", "hideUsers", "true");
        Policies.add(realm, "fallback", "channels", "email,inbox");
        realm.clientAttribute("gas-pump-post", "ciba.policies", "signed-in");
        realm.addClient("hiding-pump", "hiding-pump-secret");
        realm.clientAttribute("hiding-pump", "ciba.policies", "hiding");
        realm.addClient("inbox-pump", "inbox-pump-secret");
        realm.clientAttribute("inbox-pump", "ciba.policies", "fallback");
        addUser(realm, "terms", TERMS);
        addUser(realm, "declines", TERMS);
        addUser(realm, "inbox", TERMS);
        addUser(realm, "password", "UPDATE_PASSWORD");
        addUser(realm, "unknown", "no-such-action");
        Policies.addUserWithPassword(realm, "later");
    }

    private static void addUser(RealmDocument realm, String name, String action) {
        Policies.addUserWithPassword(realm, name);
        realm.user(name).putArray("requiredActions").add(action);
    }

    @BeforeAll
    static void enableTerms() {
        String path = "/" + REALM.name() + "/authentication/required-actions/" + TERMS;
        ObjectNode action = (ObjectNode) REALM.admin().call("GET", path, null).json();
        Answer answer = REALM.admin().call("PUT", path, action.put("enabled", true));
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"terms", "password", "unknown"})
    void whoDecidesByTheLinkIsNotAsked(String user) {
        for (RelyingParty party : List.of(byLink, byLink.atKeycloakEndpoints())) {
            Answer answer = party.start(Form.of("scope", "openid", "login_hint", user));

            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.error()).isEqualTo("access_denied");
        }
        assertThat(REALM.admin().events(REALM.name()))
                .anySatisfy(
                        event ->
                                assertThat(event.at("/details/reason").asText())
                                        .isEqualTo("account_not_ready"));
    }

    @Test
    void actionThatNoLoginLeadsThroughIsARefusalThereAsWell() {
        for (RelyingParty party : List.of(bySignIn, bySignIn.atKeycloakEndpoints())) {
            Answer answer = party.start(Form.of("scope", "openid", "login_hint", "unknown"));

            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        }
    }

    @Test
    void whereUsersAreHiddenItTellsNothing() {
        RelyingParty hiding = REALM.relyingParty("hiding-pump").withSecretInBody();
        for (RelyingParty party : List.of(hiding, hiding.atKeycloakEndpoints())) {
            Answer answer = party.start(Form.of("scope", "openid", "login_hint", "terms"));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(party.poll(answer.authReqId()).error()).isEqualTo("authorization_pending");
        }
    }

    @Test
    @BrowserTest
    void loginLeadsThroughTheTerms(Page page) {
        Answer started = start(bySignIn, "terms", "with-terms");
        page.navigate(link("with-terms").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "terms");
        page.click("input[name=accept], button[name=accept]");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        Answer tokens = bySignIn.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    @Test
    @BrowserTest
    void whoDeclinesTheTermsIsToldThatNothingIsDecided(Page page) {
        Answer started = start(bySignIn, "declines", "no-terms");
        page.navigate(link("no-terms").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "declines");
        page.click("input[name=cancel], button[name=cancel]");

        page.waitForSelector("#ciba-sign-in-failure");
        assertThat(page.innerText("#ciba-sign-in-failure")).contains("did not finish signing in");
        page.reload();
        assertThat(page.locator("#ciba-sign-in-failure").count()).as("told once").isZero();
        assertThat(page.locator("#ciba-sign-in").count()).isOne();
        assertThat(bySignIn.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    @BrowserTest
    void actionOfSomebodyWhoIsSignedInComesBeforeTheDecision(Page page) {
        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "later");
        page.waitForSelector("#ciba-pending");
        start(bySignIn, "later", "added-later");
        page.navigate(link("added-later").toString());
        page.waitForSelector("button[value=approve]");

        REALM.admin()
                .updateUser(
                        REALM.name(), "later", user -> user.putArray("requiredActions").add(TERMS));
        page.reload();

        assertThat(page.locator("form").count()).isZero();
        page.click("#ciba-sign-in");
        page.click("input[name=accept], button[name=accept]");
        page.waitForSelector("button[value=approve]");
    }

    @Test
    @BrowserTest
    void listOfRequestsIsALoginToo(Page page) {
        RelyingParty party = REALM.relyingParty("inbox-pump").withSecretInBody();
        Answer started = start(party, "inbox", "in-the-list");
        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "inbox");
        page.click("input[name=accept], button[name=accept]");
        page.click(".ciba-list-row a");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        assertThat(party.poll(started.authReqId()).status()).isEqualTo(200);
        assertThat(requested(started).at("/details/failed_channels").asText())
                .isEqualTo("email:account_not_ready");
    }

    private static JsonNode requested(Answer started) {
        return REALM.admin().events(REALM.name()).stream()
                .filter(
                        event ->
                                event.at("/details/auth_req_id")
                                        .asText()
                                        .equals(started.authReqId()))
                .filter(event -> event.at("/details/ciba_event").asText().equals("requested"))
                .findFirst()
                .orElseThrow();
    }

    private static Answer start(RelyingParty party, String user, String message) {
        Answer started =
                party.start(
                        Form.of("scope", "openid", "login_hint", user)
                                .and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static URI link(String message) {
        return REALM.mailbox()
                .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                .magicLink();
    }
}
