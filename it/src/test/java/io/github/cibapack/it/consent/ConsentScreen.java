// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Form;
import java.util.List;

/** Keycloak's own consent screen, as its authorization code flow shows it. */
final class ConsentScreen {

    /** Nobody listens there: the test never accepts. */
    private static final String REDIRECT_URI = "http://127.0.0.1:9/back";

    private final RealmFixture realm;
    private final Page page;

    ConsentScreen(RealmFixture realm, Page page) {
        this.realm = realm;
        this.page = page;
    }

    /** Lets the CIBA client use the authorization code flow as well, with consent. */
    static void prepare(RealmDocument document) {
        document.client(Scopes.CLIENT)
                .put("standardFlowEnabled", true)
                .put("consentRequired", true)
                .putArray("redirectUris")
                .add(REDIRECT_URI);
    }

    /** What the user is asked to grant for this scope parameter, line by line. */
    List<String> entries(String user, String scope) {
        Form request =
                Form.of("client_id", Scopes.CLIENT, "redirect_uri", REDIRECT_URI)
                        .and("response_type", "code")
                        .and("scope", scope)
                        .and("prompt", "consent");
        page.navigate(realm.url("/protocol/openid-connect/auth") + "?" + request.encoded());
        if (page.locator("input[name=username]").isVisible()) {
            signIn(user);
        }
        page.waitForSelector("#kc-oauth");
        return lines("#kc-oauth li");
    }

    /** In a realm with organizations the name comes first and the password on the next page. */
    private void signIn(String user) {
        page.fill("input[name=username]", user);
        if (!page.locator("input[name=password]").isVisible()) {
            page.click("#kc-login");
        }
        page.fill("input[name=password]", user + "-password");
        page.click("#kc-login");
    }

    /** What the pack's page lists. */
    List<String> onApprovalPage(String link) {
        page.navigate(link);
        page.waitForSelector("#ciba-form");
        return lines(".ciba-scopes li");
    }

    private List<String> lines(String selector) {
        return page.locator(selector).allInnerTexts().stream().map(String::strip).toList();
    }
}
