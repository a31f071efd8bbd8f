// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.Axe;
import io.github.cibapack.it.page.Pictures;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads of a one-time authorization: on the API's host, in the mail, on the page. */
class OneTimePagesIT extends BehindAGateway {
    OneTimePagesIT() {
        super(GatewayKind.NGINX);
    }

    @Test
    void pendingAnswerHasTheMessageToCompare() {
        ApiCall transfer = transfer("retry");

        Answer pending = transfer.send();

        assertThat(pending.text("binding_message")).isEqualTo("Approve POST " + transfer.uri());
        assertThat(mailOf(transfer).text()).contains(pending.text("binding_message"));
    }

    @Test
    void mailSaysWhoWantsWhatOnceAndWhereAndPromisesNoAccess() {
        ApiCall transfer = transfer("retry");
        transfer.send();

        for (String text : new String[] {mailOf(transfer).text(), mailOf(transfer).html()}) {
            assertThat(text)
                    .contains(
                            "bank-app wants to do the following once, at 127.0.0.1",
                            "Bank asks for your approval as alice at CIBA Demo.",
                            "Nobody gets access to your account.",
                            "as the service describes it",
                            "The address is what the service reports.",
                            "Nothing is done without your approval.")
                    .doesNotContain("asking for access", "What it gets access to");
        }
    }

    @ParameterizedTest
    @CsvSource({"en,LIGHT", "de,DARK", "ar,LIGHT"})
    @BrowserTest
    void pageSaysTheSameAndListsNoScopes(String language, ColorScheme scheme, BrowserContext any) {
        ApiCall transfer = transfer("retry").withUri("/transfers/rent-" + language);
        transfer.send();
        ReceivedMail mail = mailOf(transfer);

        try (BrowserContext context = seenBy(language, scheme, any)) {
            Page page = context.newPage();
            page.navigate(mail.magicLink() + "?kc_locale=" + language);

            assertThat(Axe.violations(page)).isEmpty();
            assertThat(page.locator(".ciba-scopes").count()).isZero();
            assertThat(page.locator("main").innerText()).contains("bank-app", "127.0.0.1");
            assertThat(page.locator(".ciba-message-text").innerText())
                    .isEqualTo("Approve POST " + transfer.uri());
            if (language.equals("en")) {
                assertThat(page.locator("main").innerText())
                        .contains(
                                "bank-app wants to do the following once, at 127.0.0.1",
                                "The address is what the service reports.")
                        .doesNotContain("asking for access", "What it gets access to");
            }
            Pictures.gallery(page, "page-gateway", language);
        }
        assertThat(MailReader.denies(mail).body())
                .contains("It is not let through.")
                .doesNotContain("It got no access");
    }

    @ParameterizedTest
    @CsvSource({"en,LIGHT", "de,DARK", "ar,LIGHT"})
    @BrowserTest
    void browserWaitsOnAPageInTheRealmsLookAndGoesOnByItself(
            String language, ColorScheme scheme, BrowserContext any) {
        String path = "/statements/" + language + "-2026-11";
        try (BrowserContext context = withToken(seenBy(language, scheme, any))) {
            Page page = context.newPage();
            page.navigate(gateway("pages").resolve(path).toString());

            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            assertThat(page.locator(".ciba-message-text").innerText())
                    .isEqualTo("Approve GET " + path);
            assertThat(page.locator("main").innerText()).contains("Bank");
            PlaywrightAssertions.assertThat(page.locator("#ciba-countdown"))
                    .hasText(Pattern.compile("0:[0-9]{2}|1:00"));
            assertThat(page.locator("#ciba-countdown-static").isVisible())
                    .as("the script of the server runs")
                    .isFalse();
            assertThat(style(page, ".ciba-message", "borderTopStyle")).isEqualTo("solid");
            assertThat(page.locator("html").getAttribute("class").contains("pf-v5-theme-dark"))
                    .isEqualTo(scheme == ColorScheme.DARK);
            Pictures.gallery(page, "page-gateway-waiting", language);

            MailReader.approves(mailAbout(path));

            PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Your statement");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    @BrowserTest
    void toolOfAnAgentIsShownWithItsArguments(String language, BrowserContext any) {
        String reference = "TRIP-" + language;
        call("mcp", "POST", "/mcp?" + reference)
                .withBodyShown(
                        ToolCalls.toolCall(
                                "book_flight",
                                "{\"flight\":\"LH 1172\",\"date\":\"2026-12-24\",\"seats\":2,\"price\":\"438.00 EUR\",\"reference\":\"%s\"}"
                                        .formatted(reference)))
                .send();
        ReceivedMail mail = mailAbout(reference);

        try (BrowserContext context = seenBy(language, ColorScheme.LIGHT, any)) {
            Page page = context.newPage();
            page.navigate(mail.magicLink() + "?kc_locale=" + language);

            assertThat(page.locator("main").innerText())
                    .contains("book_flight", "LH 1172", "438.00 EUR", reference)
                    .doesNotContain("/mcp");
            Pictures.gallery(page, "page-tool-call", language);
        }
        MailReader.denies(mail);
    }

    @ParameterizedTest
    @CsvSource({"en,LIGHT,Not approved", "de,DARK,Nicht zugestimmt"})
    @BrowserTest
    void deniedPageIsInTheSameLook(
            String language, ColorScheme scheme, String heading, BrowserContext any) {
        String path = "/statements/" + UUID.randomUUID();
        try (BrowserContext context = withToken(seenBy(language, scheme, any))) {
            Page page = context.newPage();
            page.navigate(gateway("pages").resolve(path).toString());
            MailReader.denies(mailAbout(path));

            PlaywrightAssertions.assertThat(page.locator("h1")).hasText(heading);
            assertThat(page.locator(".ciba-result-denied").count()).isOne();
            assertThat(Axe.violations(page)).isEmpty();
            Pictures.leave(page, "page-gateway-denied-" + language + looks(scheme));
        }
    }

    private static Object style(Page page, String selector, String property) {
        return page.locator(selector)
                .evaluate("(element, name) => getComputedStyle(element)[name]", property);
    }

    /** As what stands before a gateway adds it: to calls of the API alone. */
    private BrowserContext withToken(BrowserContext context) {
        context.route(
                url -> url.startsWith(gateway("pages").toString()),
                route -> {
                    Map<String, String> headers = new HashMap<>(route.request().headers());
                    headers.put("authorization", "Bearer " + alice);
                    route.resume(new Route.ResumeOptions().setHeaders(headers));
                });
        return context;
    }

    private static BrowserContext seenBy(String language, ColorScheme scheme, BrowserContext any) {
        return any.browser()
                .newContext(
                        new NewContextOptions()
                                .setLocale(language)
                                .setColorScheme(scheme)
                                .setViewportSize(390, 844));
    }

    private static String looks(ColorScheme scheme) {
        return scheme == ColorScheme.DARK ? "-dark" : "";
    }
}
