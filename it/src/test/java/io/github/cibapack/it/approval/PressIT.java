// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that press buttons decide nothing; people do, however they press. */
@BrowserTest
class PressIT {

    private static final int PEOPLE = 24;
    private static final String HEADING = "#ciba-again-heading";
    private static final AtomicInteger NEXT = new AtomicInteger();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (int i = 0; i < PEOPLE; i++) {
                                    realm.addUser("user" + i);
                                }
                                Policies.add(realm, "signed-in", "approvalMode", "login");
                                realm.clientAttribute(
                                        "gas-pump-post", "ciba.policies", "signed-in");
                                Policies.addUserWithPassword(realm, "dora");
                            });

    private final RelyingParty pump = REALM.gasPump();
    private Answer started;
    private String link;

    @BeforeEach
    void startARequest() {
        started = pump.start("user" + NEXT.getAndIncrement(), "Pump 4");
        link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink().toString();
    }

    @Test
    void programThatPressesThePrimaryButtonAtOnceDecidesNothing(Page page) {
        page.navigate(link);
        page.click(".ciba-button-approve");

        page.waitForSelector(HEADING);
        assertThat(page.locator(".ciba-button-approve").count()).as("no primary button").isZero();
        assertThat(isPending()).isTrue();
    }

    @Test
    void programThatPressesTheFirstButtonOfEachPageDecidesNothing(Page page) {
        page.navigate(link);
        for (int i = 0; i < 2; i++) {
            page.click("main button >> nth=0");
            page.waitForSelector(HEADING);
            page.click("main button >> nth=0");
            page.waitForSelector("button[value=deny]");
        }

        assertThat(isPending()).isTrue();
    }

    @Test
    void programThatPressesEnterOnTheFirstButtonDecidesNothing(Page page) {
        page.navigate(link);
        page.focus("main button >> nth=0");
        page.keyboard().press("Enter");
        page.waitForSelector(HEADING);
        page.keyboard().press("Enter");

        assertThat(page.locator(HEADING).count()).isEqualTo(1);
        assertThat(isPending()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document.querySelector('button[value=approve]').click()",
                "document.querySelector('#ciba-form')"
                        + ".requestSubmit(document.querySelector('button[value=approve]'))",
                "document.dispatchEvent(new PointerEvent('pointermove', {bubbles: true})),"
                        + " document.querySelector('button[value=approve]').click()"
            })
    void scriptThatPressesWithoutAnyHandDecidesNothingHoweverLongItWaits(String script, Page page) {
        page.navigate(link);
        PersonAtThePage.awaitASecond(page);

        page.evaluate(script);

        page.waitForSelector(HEADING);
        assertThat(isPending()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"approve, approved", "deny, denied", "report, reported"})
    void personWhoMovesTheMouseAndReadsDecidesAtOnce(String decision, String shown, Page page) {
        page.navigate(link);

        PersonAtThePage.press(page, "button[value=" + decision + "]");

        assertThat(page.locator(".ciba-result-" + shown).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, Enter, denied", "2, Space, approved"})
    void personAtTheKeyboardDecidesAtOnce(int tabs, String key, String shown, Page page) {
        page.navigate(link);
        for (int i = 0; i < tabs; i++) {
            page.keyboard().press("Tab");
        }
        PersonAtThePage.awaitASecond(page);

        page.keyboard().press(key);

        page.waitForSelector(".ciba-result-" + shown);
    }

    @Test
    void fingerThatRestsOnTheButtonForAMomentDecidesAtOnce(Page page) {
        page.navigate(link);
        PersonAtThePage.awaitASecond(page);
        page.locator("button[value=approve]").scrollIntoViewIfNeeded();
        var button = page.locator("button[value=approve]").boundingBox();
        page.mouse().move(button.x + button.width / 2, button.y + button.height / 2);
        page.mouse().down();
        long pressed = System.nanoTime();
        page.waitForCondition(() -> System.nanoTime() - pressed > 100_000_000L);
        page.mouse().up();

        page.waitForSelector(".ciba-result-approved");
    }

    /** A screen reader activates a button without any pointer or key that a page could see. */
    @Test
    void screenReaderDecidesWithTheSecondPress(Page page) {
        page.navigate(link);
        PersonAtThePage.awaitASecond(page);
        page.evaluate("document.querySelector('button[value=approve]').click()");
        page.waitForSelector(HEADING);

        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("ciba-again-heading");
        assertThat(page.title()).startsWith("Press again to confirm – Request from ");
        PersonAtThePage.awaitASecond(page);
        page.evaluate("document.querySelector('.ciba-again button:last-child').click()");

        page.waitForSelector(".ciba-result-approved");
        assertThat(isPending()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"approve, approved", "deny, denied", "report, reported"})
    void browserWithoutScriptsDecidesWithTheSecondPress(
            String decision, String shown, BrowserContext any) {
        NewContextOptions options = new NewContextOptions().setJavaScriptEnabled(false);
        try (BrowserContext context = any.browser().newContext(options)) {
            Page page = context.newPage();
            page.navigate(link);
            page.click("button[value=" + decision + "]");
            page.waitForSelector(HEADING);
            assertThat(isPending()).isTrue();

            confirm(page);

            assertThat(page.locator(".ciba-result-" + shown).count()).isEqualTo(1);
        }
    }

    @Test
    void loginAsksForTheSecondPressAsWell(BrowserContext any) {
        Answer withLogin = REALM.gasPumpPost().start("dora", "Pump 5");
        NewContextOptions options = new NewContextOptions().setJavaScriptEnabled(false);
        try (BrowserContext context = any.browser().newContext(options)) {
            Page page = context.newPage();
            page.navigate(
                    REALM.mailbox().awaitMailFor(withLogin.authReqId()).magicLink().toString());
            page.click("#ciba-sign-in");
            Policies.signIn(page, "dora");
            page.click("button[value=approve]");
            page.waitForSelector(HEADING);
            assertThat(REALM.gasPumpPost().poll(withLogin.authReqId()).isUndecided()).isTrue();

            confirm(page);

            assertThat(page.locator(".ciba-result-approved").count()).isEqualTo(1);
        }
    }

    /** Sees the page that asks again, and presses again. */
    private static void confirm(Page page) {
        long shown = System.nanoTime();
        page.waitForCondition(() -> System.nanoTime() - shown > 1_100_000_000L);
        page.click(".ciba-again button:last-child");
        page.waitForSelector(".ciba-result");
    }

    private boolean isPending() {
        return pump.poll(started.authReqId()).isUndecided();
    }
}
