// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes with a parameter: each one is listed with its parameter, and refused before it is. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "a server with features of its own is built on this machine")
@NeedsKeycloak(value = "26.7", because = "the feature parameterized-scopes")
class ParameterizedScopesIT {

    private static final String USER = "dora";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(FeaturesServer::shared)
                    .with(ParameterizedScopesIT::prepare);

    private final RelyingParty pump = REALM.gasPump();

    private static void prepare(RealmDocument realm) {
        ConsentScreen.prepare(realm);
        Policies.addUserWithPassword(realm, USER);
        Policies.addUserWithPassword(realm, "emil");
        Policies.add(realm, "hiding", "hideUsers", "true");
        realm.clientAttribute("gas-pump-post", "ciba.policies", "hiding");
    }

    @BeforeAll
    static void makeScopes() {
        Scopes scopes = new Scopes(REALM);
        scopes.parameterized(
                "group", "string", "consent.screen.text", "Access group {0}", "gui.order", "1");
        scopes.parameterized("plain", "string", "gui.order", "2");
        scopes.parameterized(
                "place", "string", "consent.screen.text", "Open a gate", "gui.order", "3");
        scopes.parameterized(
                "litres", "integer", "consent.screen.text", "Fill {0} litres", "gui.order", "4");
        scopes.parameterized(
                "actfor", "username", "consent.screen.text", "Act for {0}", "gui.order", "5");
        scopes.parameterized(
                "contact",
                "username",
                "consent.screen.text",
                "Write to {0}",
                "parameterized.scope.allow.user.data",
                "true",
                "gui.order",
                "7");
        scopes.optional("wash", "consent.screen.text", "Wash the car", "gui.order", "6");
    }

    @ParameterizedTest
    @BrowserTest
    @ValueSource(
            strings = {
                "openid",
                "openid profile wash",
                "openid group:a group:b",
                "openid plain:north",
                "openid litres:40 wash group:a",
                "openid actfor:emil",
                "openid offline_access group:a"
            })
    void pageListsWhatKeycloaksConsentScreenLists(String scope, Page page) {
        ConsentScreen screen = new ConsentScreen(REALM, page);
        List<String> asked = screen.entries(USER, scope);

        Answer started = start(pump, scope);

        assertThat(screen.onApprovalPage(link(started)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(asked);
        ApprovalForm.decide(URI.create(link(started)), "approve");
        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("scope").split(" ")).contains(scope.split(" "));
    }

    @Test
    void eachParameterIsListed() {
        assertThat(page(start(pump, "openid group:a group:b")))
                .contains("<bdi>Access group a</bdi>")
                .contains("<bdi>Access group b</bdi>");
    }

    @NeedsKeycloak(value = "26.7.3", because = "before, nobody can tell which scopes name a user")
    @Test
    void userIsShownByFullNameTooWhereKeycloakLetsTheReaderSeeIt() {
        String page = page(start(pump, "openid contact:emil actfor:emil"));

        assertThat(page)
                .contains("<bdi>Write to emil (Alice Anders)</bdi>")
                .contains("<bdi>Act for emil</bdi>");
    }

    @Test
    void parameterForWhichTheTextHasNoPlaceIsListedAllTheSame() {
        assertThat(page(start(pump, "openid place:n place:s")))
                .contains("<bdi>Open a gate: n</bdi>")
                .contains("<bdi>Open a gate: s</bdi>");
    }

    @Test
    void parameterIsTextAndNoMarkup() {
        assertThat(page(start(pump, "openid group:<b>{0}</b>")))
                .contains("<bdi>Access group &lt;b&gt;{0}&lt;/b&gt;</bdi>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid actfor:dora",
                "openid actfor:nobody-of-that-name",
                "openid litres:many",
                "openid group:",
                "openid group",
                "openid unknown:a"
            })
    void parameterThatKeycloakRefusesForTheUserIsRefusedAtTheStart(String scope) {
        for (RelyingParty party : List.of(pump, pump.atKeycloakEndpoints())) {
            Answer answer = party.start(Form.of("scope", scope, "login_hint", USER));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_scope");
        }
    }

    /** Who may be named in a parameter is as much a question of who exists as the hint is. */
    @ParameterizedTest
    @ValueSource(
            strings = {"openid actfor:dora", "openid actfor:emil", "openid actfor:nobody-at-all"})
    void whereUsersAreHiddenNoParameterTellsWhoExists(String scope) {
        RelyingParty hiding = REALM.gasPumpPost();
        for (RelyingParty party : List.of(hiding, hiding.atKeycloakEndpoints())) {
            for (String hint : List.of(USER, "nobody-of-that-name")) {
                Answer answer = party.start(Form.of("scope", scope, "login_hint", hint));

                assertThat(answer.status()).as("%s: %s", hint, answer.body()).isEqualTo(200);
            }
        }
    }

    @Test
    void whereUsersAreHiddenAnUnknownScopeIsRefusedAndAKnownOneIsAsked() {
        RelyingParty hiding = REALM.gasPumpPost();
        for (RelyingParty party : List.of(hiding, hiding.atKeycloakEndpoints())) {
            Answer unknown = party.start(Form.of("scope", "openid unknown:a", "login_hint", USER));
            assertThat(unknown.error()).as(unknown.body()).isEqualTo("invalid_scope");

            String message = party == hiding ? "hidden-here" : "hidden-there";
            Answer known =
                    party.start(
                            Form.of("scope", "openid group:a", "login_hint", USER)
                                    .and("binding_message", message));
            assertThat(known.status()).as(known.body()).isEqualTo(200);
            URI link =
                    REALM.mailbox()
                            .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                            .magicLink();
            assertThat(RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body())
                    .contains("Access group a");
            ApprovalForm.decide(link, "approve");
            Answer tokens = party.poll(known.authReqId());
            assertThat(tokens.text("scope").split(" ")).contains("group:a");
        }
    }

    private static Answer start(RelyingParty party, String scope) {
        Answer started = party.start(Form.of("scope", scope, "login_hint", USER));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static String link(Answer started) {
        return REALM.mailbox().awaitMailFor(started.authReqId()).magicLink().toString();
    }

    private static String page(Answer started) {
        return RelyingParty.exchange(HttpRequest.newBuilder(URI.create(link(started))).build())
                .body();
    }
}
