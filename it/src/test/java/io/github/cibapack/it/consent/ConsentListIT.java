// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page lists what Keycloak's consent screen lists, for each kind of scope that a server has
 * without further features; and the token carries it.
 */
class ConsentListIT {

    private static final String USER = "dora";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ConsentListIT::prepare);

    private final RelyingParty pump = REALM.gasPump();

    private static void prepare(RealmDocument realm) {
        ConsentScreen.prepare(realm);
        Policies.addUserWithPassword(realm, USER);
        realm.json().put("organizationsEnabled", true);
        realm.json()
                .withObjectProperty("localizationTexts")
                .withObjectProperty("en")
                .put("fuelText", "See the driver''s fuel card");
        ObjectNode attributes = realm.client(Scopes.CLIENT).withObjectProperty("attributes");
        attributes.put("display.on.consent.screen", "true");
        attributes.put("consent.screen.text", "Be told who fills up");
    }

    @BeforeAll
    static void makeScopes() {
        Scopes scopes = new Scopes(REALM);
        scopes.byDefault("loyalty", "consent.screen.text", "Collect points", "gui.order", "30");
        scopes.byDefault("telemetry", "display.on.consent.screen", "false");
        scopes.optional("fuel", "consent.screen.text", "${fuelText}", "gui.order", "10");
        scopes.optional("wash", "consent.screen.text", "Pay at the pump", "gui.order", "20");
        scopes.optional("shop", "consent.screen.text", "Pay at the pump", "gui.order", "25");
        scopes.optional("nameless");
        scopes.optional("secret-extra", "display.on.consent.screen", "false");
        scopes.optional("staff", "consent.screen.text", "Act as staff", "gui.order", "5");
        scopes.restrict("staff", "pump-staff");
        scopes.grant(USER, "pump-staff");
        scopes.organization("acme", USER);
        scopes.organization("globex", USER);
    }

    @ParameterizedTest
    @BrowserTest
    @ValueSource(
            strings = {
                "openid",
                "openid profile email",
                "openid fuel wash",
                "openid wash shop",
                "openid nameless",
                "openid secret-extra",
                "openid staff",
                "openid organization:acme",
                "openid organization:acme organization:globex",
                "openid organization:*",
                "openid phone address",
                "openid offline_access",
                "openid shop staff organization:acme offline_access fuel nameless"
            })
    void pageListsWhatKeycloaksConsentScreenLists(String scope, Page page) {
        if (scope.contains("organization:") && !isConsentFoundForOrganizations()) {
            assertRefused(pump, scope);
            assertRefused(pump.atKeycloakEndpoints(), scope);
            return;
        }
        ConsentScreen screen = new ConsentScreen(REALM, page);
        List<String> asked = screen.entries(USER, scope);

        Answer started = start(scope);

        assertThat(screen.onApprovalPage(link(started)))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        asked.stream().map(line -> withOrganizations(line, scope)).toList());
        ApprovalForm.decide(URI.create(link(started)), "approve");
        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("scope").split(" ")).contains(scope.split(" "));
    }

    /** Keycloak's list does not say which. */
    private static String withOrganizations(String line, String scope) {
        if (!line.equals("Organization")) {
            return line;
        }
        boolean both = scope.contains("globex") || scope.contains("*");
        return line + ": acme" + (both ? ", globex" : "");
    }

    @Test
    void nothingIsFoldedAndNothingIsWithoutAName() {
        String page = page(start("openid wash shop nameless fuel"));

        assertThat(page.split("<bdi>Pay at the pump</bdi>")).hasSize(3);
        assertThat(page)
                .contains("<bdi>nameless</bdi>")
                .contains("<bdi>See the driver&#39;s fuel card</bdi>")
                .contains("<bdi>Be told who fills up</bdi>")
                .contains("<bdi>Collect points</bdi>");
    }

    @Test
    void organizationIsListedThoughNobodyHasCalledAsTheClient() {
        assumeThat(isConsentFoundForOrganizations()).isTrue();

        assertThat(page(start("openid organization:acme")))
                .contains("<bdi>Organization: acme</bdi>");
        assertThat(page(start("openid organization:*")))
                .contains("<bdi>Organization: acme, globex</bdi>");
    }

    @Test
    void whatAnAdminHasTakenOffTheConsentScreenIsNotListed() {
        Answer started = start("openid secret-extra");

        assertThat(page(started)).doesNotContain("secret-extra").doesNotContain("telemetry");
    }

    @Test
    void themeOfThePageStaysTheRealmsOwn() {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        Scopes.CLIENT,
                        client ->
                                client.withObjectProperty("attributes").put("login_theme", "base"));
        try {
            assertThat(page(start("openid"))).contains("/login/keycloak.v2/");
        } finally {
            REALM.admin()
                    .updateClient(
                            REALM.name(),
                            Scopes.CLIENT,
                            client ->
                                    client.withObjectProperty("attributes").put("login_theme", ""));
        }
    }

    /** What the pack says of this version of Keycloak, 26.4 and 26.5 among them. */
    private static boolean isConsentFoundForOrganizations() {
        return !REALM.server().logs().contains("scopes that name an organization.");
    }

    private static void assertRefused(RelyingParty pump, String scope) {
        Answer refused = pump.start(Form.of("scope", scope, "login_hint", USER));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_scope");
    }

    private Answer start(String scope) {
        Answer started = pump.start(Form.of("scope", scope, "login_hint", USER));
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
