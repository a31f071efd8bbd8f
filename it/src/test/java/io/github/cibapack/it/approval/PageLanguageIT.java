// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reader chooses the language of the page. */
class PageLanguageIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("dora");
                                realm.json().withArrayProperty("supportedLocales").removeAll();
                                realm.json()
                                        .withArrayProperty("supportedLocales")
                                        .add("en")
                                        .add("de")
                                        .add("ar");
                            });

    @Test
    @BrowserTest
    void chosenLanguageStaysForTheResult(Page page) {
        open(page, "alice");

        page.locator(".ciba-languages summary").click();
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Deutsch")).click();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
        assertThat(page.locator(".ciba-languages a[aria-current=true]").allTextContents())
                .containsExactly("Deutsch");
        assertThat(page.locator("h1").textContent()).contains("Gas Pump bittet um Ihre Zustimmung");
        PersonAtThePage.press(page, "button[value=deny]");

        assertThat(page.locator("h1").textContent()).contains("Abgelehnt");
    }

    @Test
    @BrowserTest
    void languageThatTheRealmDoesNotHaveIsNoLanguage(Page page) {
        String link = open(page, "dora");

        page.navigate(link + "?kc_locale=xx%22onload%3D");

        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
        assertThat(page.content()).doesNotContain("onload=");
        assertThat(page.context().cookies())
                .noneMatch(cookie -> cookie.name.equals("KEYCLOAK_LOCALE"));
    }

    private static String open(Page page, String user) {
        Answer started = REALM.gasPump().start(user, "Pump 4");
        String link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink().toString();
        page.navigate(link);
        return link;
    }
}
