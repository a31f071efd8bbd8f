// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The approval page in Chromium: on small screens, by keyboard, without scripts, in the dark. */
@BrowserTest
class ApprovalPageBrowserIT {

    private static final int SMALLEST_WIDTH = 320;
    private static final String TOO_WIDE_BY =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private static final String LONG_MESSAGE =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "
                    .repeat(3)
                    .strip();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ApprovalPageBrowserIT::addDora);

    private static void addDora(RealmDocument realm) {
        realm.addUser("dora").withObjectProperty("attributes").putArray("locale").add("de");
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @EnumSource
    void eachStateBreaksNoPolicyAndMissesNoFile(PageState state, BrowserContext context) {
        URI link = PageStates.of(REALM).link(state);
        Page page = context.newPage();
        List<String> troubles = new ArrayList<>();
        page.addInitScript(
                "document.addEventListener('securitypolicyviolation',"
                        + " event => console.error('CSP: ' + event.violatedDirective + ' ' +"
                        + " event.blockedURI))");
        page.onPageError(troubles::add);
        page.onConsoleMessage(
                message -> {
                    boolean isTheStatusItself = message.text().contains(state.status() + " (");
                    if (!message.type().equals("log") && !isTheStatusItself) {
                        troubles.add(message.text());
                    }
                });
        page.onResponse(
                response -> {
                    if (!response.request().isNavigationRequest() && response.status() >= 400) {
                        troubles.add(response.status() + " " + response.url());
                    }
                });

        int status = PageStates.show(page, state, link).status();
        page.waitForLoadState(LoadState.NETWORKIDLE);

        assertThat(status).isEqualTo(state.status());
        assertThat(page.locator("h1").textContent().strip()).isEqualTo(state.heading());
        assertThat(troubles).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void axeFindsNothingInAnyLanguageLightOrDark(PageState state, BrowserContext context) {
        URI link = PageStates.of(REALM).link(state);
        SoftAssertions softly = new SoftAssertions();

        for (Look look : Look.all()) {
            inContext(
                    context,
                    look.browser(),
                    page -> {
                        PageStates.show(page, state, link);
                        softly.assertThat(look.violations(page))
                                .as("%s, %s", state, look)
                                .isEmpty();
                    });
        }

        softly.assertAll();
    }

    @Test
    void axeFindsNothingInTheDarkWithoutScripts(BrowserContext context) {
        URI link = PageStates.of(REALM).link(PageState.UNDECIDED);
        // Scripts of the page are off, axe's own are not.
        NewContextOptions options = new NewContextOptions().setColorScheme(ColorScheme.DARK);

        inContext(
                context,
                options,
                page -> {
                    page.route("**/ciba.js", route -> route.abort());
                    page.navigate(link.toString());
                    assertThat(Axe.violations(page)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource
    void nothingScrollsSidewaysOnASmallScreen(PageState state, BrowserContext context) {
        URI link =
                PageStates.of(
                                REALM,
                                OpenRequest.forUser("alice").and("binding_message", LONG_MESSAGE))
                        .link(state);
        SoftAssertions softly = new SoftAssertions();

        for (String language : Look.widest()) {
            inContext(
                    context,
                    new NewContextOptions()
                            .setLocale(language)
                            .setViewportSize(SMALLEST_WIDTH, 568),
                    page -> {
                        PageStates.show(page, state, link);
                        softly.assertThat(page.evaluate(TOO_WIDE_BY))
                                .as("%s, %s", state, language)
                                .isEqualTo(0);
                    });
        }

        softly.assertAll();
    }

    @ParameterizedTest
    @CsvSource({
        "en, ltr, Gas Pump asks for your approval",
        "de, ltr, Gas Pump bittet um Ihre Zustimmung",
        "ar, rtl, \u064a\u0637\u0644\u0628 \u0627\u0644\u062a\u0637\u0628\u064a\u0642"
                + " \u2068Gas Pump\u2069 \u0645\u0648\u0627\u0641\u0642\u062a\u0643"
    })
    void pageSpeaksTheLanguageOfTheBrowserWhereTheUserHasNone(
            String language, String direction, String heading, BrowserContext context) {
        URI link = PageStates.of(REALM).link(PageState.UNDECIDED);

        inContext(
                context,
                new NewContextOptions().setLocale(language),
                page -> {
                    ApprovalScreen screen = ApprovalScreen.open(page, link);
                    assertThat(screen.language()).isEqualTo(language);
                    assertThat(screen.direction()).isEqualTo(direction);
                    assertThat(screen.heading()).isEqualTo(heading);
                });
    }

    @Test
    void usersOwnLanguageWinsOverTheBrowsers(Page page) {
        OpenRequest request = OpenRequest.in(REALM, REALM.gasPump(), OpenRequest.forUser("dora"));

        ApprovalScreen screen = ApprovalScreen.open(page, request.link());

        assertThat(screen.language()).isEqualTo("de");
        assertThat(screen.approve().heading()).isEqualTo("Zugestimmt");
        assertThat(screen.language()).isEqualTo("de");
    }

    @ParameterizedTest
    @CsvSource({"approve, Approved", "deny, Denied"})
    void pageWorksWithoutScripts(String decision, String heading, BrowserContext context) {
        OpenRequest request = OpenRequest.in(REALM);

        inContext(
                context,
                new NewContextOptions().setJavaScriptEnabled(false),
                page -> {
                    ApprovalScreen screen = ApprovalScreen.open(page, request.link());
                    assertThat(screen.card()).contains("(when this page was opened)");
                    page.click("button[value=" + decision + "]");
                    page.waitForSelector("#ciba-again-heading");
                    long shown = System.nanoTime();
                    page.waitForCondition(() -> System.nanoTime() - shown > 1_100_000_000L);
                    page.click(".ciba-again button:last-child");
                    page.waitForSelector(".ciba-result");
                    assertThat(screen.heading()).isEqualTo(heading);
                });

        assertThat(request.isPending()).isFalse();
    }

    @Test
    void denyComesFirstByKeyboard(Page page) {
        OpenRequest request = OpenRequest.in(REALM);
        ApprovalScreen screen = ApprovalScreen.open(page, request.link());

        page.keyboard().press("Tab");
        String first = focused(page);
        page.keyboard().press("Tab");
        String second = focused(page);
        page.keyboard().press("Shift+Tab");
        PersonAtThePage.awaitASecond(page);
        page.keyboard().press("Enter");
        page.waitForSelector(".ciba-result");

        assertThat(first).isEqualTo("deny");
        assertThat(second).isEqualTo("approve");
        assertThat(screen.heading()).isEqualTo("Denied");
        assertThat(request.result().error()).isEqualTo("access_denied");
    }

    @Test
    void approveTakesTwoTabsAndASpace(Page page) {
        OpenRequest request = OpenRequest.in(REALM);
        ApprovalScreen screen = ApprovalScreen.open(page, request.link());

        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        PersonAtThePage.awaitASecond(page);
        page.keyboard().press("Space");
        page.waitForSelector(".ciba-result");

        assertThat(screen.heading()).isEqualTo("Approved");
        assertThat(request.result().text("id_token")).isNotEmpty();
    }

    @Test
    void denyIsAsLargeAsApprove(Page page) {
        ApprovalScreen.open(page, OpenRequest.in(REALM).link());

        var deny = page.locator("button[value=deny]").boundingBox();
        var approve = page.locator("button[value=approve]").boundingBox();

        assertThat(deny.width).isEqualTo(approve.width);
        assertThat(deny.height).isEqualTo(approve.height).isGreaterThanOrEqualTo(44);
    }

    @Test
    void timeRunsDownAndNothingThatIsOverCanBePressed(Page page) {
        OpenRequest request = OpenRequest.in(REALM);
        page.clock().install();
        ApprovalScreen.open(page, request.link());

        page.clock().runFor("01:05");
        String afterAMinute = page.locator("#ciba-status").textContent();
        String clock = page.locator("#ciba-countdown").textContent();
        page.clock().runFor("01:00");

        assertThat(afterAMinute).isEqualTo("One minute left.");
        assertThat(clock).matches("0:5\\d");
        assertThat(page.locator("#ciba-countdown").textContent()).isEqualTo("0:00");
        assertThat(page.locator("main button:visible").count()).isZero();
        assertThat(page.locator("#ciba-over").innerText())
                .startsWith("The time is up")
                .contains("start again where you began");
        assertThat(page.title()).isEqualTo("The time is up – Request from Gas Pump");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("ciba-over-heading");
    }

    @Test
    void secondBrowserThatStillShowsTheButtonsChangesNothing(BrowserContext context) {
        OpenRequest request = OpenRequest.in(REALM);
        ApprovalScreen phone = ApprovalScreen.open(context.newPage(), request.link());
        ApprovalScreen laptop = ApprovalScreen.open(context.newPage(), request.link());

        phone.deny();
        laptop.approve();

        assertThat(laptop.heading()).isEqualTo("Denied");
        assertThat(request.result().error()).isEqualTo("access_denied");
    }

    @Test
    void formThatAnotherSitePostsIsRefusedAndTheLinkStillWorks(Page page) {
        OpenRequest request = OpenRequest.in(REALM);

        PageStates.show(page, PageState.REFUSED, request.link());

        assertThat(page.locator("h1").textContent().strip()).isEqualTo(PageState.REFUSED.heading());
        assertThat(request.isPending()).isTrue();
        assertThat(ApprovalScreen.open(page, request.link()).approve().heading())
                .isEqualTo("Approved");
    }

    private static void inContext(
            BrowserContext any, NewContextOptions options, Consumer<Page> visit) {
        try (BrowserContext context = any.browser().newContext(options)) {
            visit.accept(context.newPage());
        }
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.value"));
    }
}
