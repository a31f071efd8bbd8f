// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Form;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page tells times as its reader does, and its title and focus what has become of it. */
@BrowserTest
class ReadersTimeIT {

    private static final String TIME = "main time";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Policies.add(
                                        realm,
                                        "long",
                                        "allowLongLived",
                                        "true",
                                        "expiresIn",
                                        "86400",
                                        "maxExpiresIn",
                                        "86400");
                                realm.clientAttribute("gas-pump-post", "ciba.policies", "long");
                            });

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @Test
    void timesStandInTheZoneOfTheBrowserWithItsName(BrowserContext any) {
        OpenRequest request = OpenRequest.in(REALM);

        inContext(
                any,
                new NewContextOptions().setLocale("en").setTimezoneId("Asia/Kathmandu"),
                page -> {
                    ApprovalScreen.open(page, request.link());
                    assertThat(page.locator(TIME).textContent())
                            .contains("GMT+5:45")
                            .doesNotContain("UTC");
                    assertThat(Instant.parse(page.locator(TIME).getAttribute("datetime")))
                            .isBetween(Instant.now().minusSeconds(120), Instant.now());
                });
    }

    @Test
    void withoutScriptsTheyStayInUtcAndThePageIsAskedForAgainAtTheEnd(BrowserContext any) {
        OpenRequest request = OpenRequest.in(REALM);

        inContext(
                any,
                new NewContextOptions()
                        .setLocale("en")
                        .setTimezoneId("Asia/Kathmandu")
                        .setJavaScriptEnabled(false),
                page -> {
                    ApprovalScreen.open(page, request.link());
                    assertThat(page.locator(TIME).textContent()).endsWith(" UTC");
                    assertThat(
                                    Integer.parseInt(
                                            page.locator("meta[http-equiv=refresh]")
                                                    .getAttribute("content")))
                            .isBetween(60, 121);
                });
    }

    @Test
    void aDayIsCountedInHours(Page page) {
        OpenRequest request =
                OpenRequest.in(
                        REALM, REALM.gasPumpPost(), OpenRequest.usual(OpenRequest.somebody(REALM)));

        ApprovalScreen.open(page, request.link());

        assertThat(page.locator("#ciba-countdown").textContent())
                .matches("24:00:00|23:5\\d:\\d\\d");
        assertThat(request.mail().text()).contains("This link works for 24 hours, until ");
    }

    @Test
    void tenSecondsAreNotCalledAMinute() {
        Form brief = OpenRequest.usual(OpenRequest.somebody(REALM)).and("requested_expiry", "10");

        assertThat(OpenRequest.in(REALM, REALM.gasPump(), brief).mail().text())
                .contains("This link works for 10 seconds, until ");
    }

    @Test
    void titleAndFocusSayWhatHasBecomeOfIt(Page page) {
        OpenRequest request = OpenRequest.in(REALM);

        ApprovalScreen screen = ApprovalScreen.open(page, request.link());
        String before = page.title();
        screen.deny();

        assertThat(before).isEqualTo("Request from Gas Pump");
        assertThat(page.title()).isEqualTo("Denied – Request from Gas Pump");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Denied");
    }

    @Test
    void twoEqualRequestsAreToldApartByTheirCodes(Page page) {
        Form same = OpenRequest.usual(OpenRequest.somebody(REALM));
        OpenRequest one = OpenRequest.in(REALM, REALM.gasPump(), same);
        OpenRequest other = OpenRequest.in(REALM, REALM.gasPump(), same);

        for (OpenRequest request : new OpenRequest[] {one, other}) {
            String code = request.started().text("request_code");
            ApprovalScreen.open(page, request.link());
            assertThat(code).matches("[2-9A-HJKMNP-TV-Z]{3}-[2-9A-HJKMNP-TV-Z]{3}");
            assertThat(page.locator(".ciba-code").textContent()).isEqualTo(code);
            assertThat(request.mail().text()).contains("Code of this request: " + code);
            assertThat(request.mail().html()).contains(code);
        }
        assertThat(one.started().text("request_code"))
                .isNotEqualTo(other.started().text("request_code"));
    }

    private static void inContext(
            BrowserContext any, NewContextOptions options, Consumer<Page> visit) {
        try (BrowserContext context = any.browser().newContext(options)) {
            visit.accept(context.newPage());
        }
    }
}
