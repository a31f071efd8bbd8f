// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relying party shows a number; the user types it, once. */
class TypedNumberIT {

    private static final int PEOPLE = 24;
    private static final int GUESSES = 20;
    private static final AtomicInteger NEXT = new AtomicInteger();

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Policies.add(realm, "typed", "numberMatching", "type");
                                realm.clientAttribute("gas-pump", "ciba.policies", "typed");
                                realm.clientAttribute("gas-pump", "ciba.number.matching", "true");
                                for (int i = 0; i < PEOPLE; i++) {
                                    realm.addUser("user" + i);
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();
    private Answer started;
    private ApprovalForm form;
    private String right;
    private String wrong;

    @BeforeEach
    void openARequest() {
        started = pump.start("user" + NEXT.getAndIncrement(), "Pump 4");
        right = started.text("match_code");
        wrong = right.equals("10") ? "11" : "10";
        form = ApprovalForm.open(REALM.mailbox().awaitMailFor(started.authReqId()).magicLink());
    }

    @Test
    @BrowserTest
    void typedNumberApproves(Page page) {
        page.navigate(form.link().toString());
        assertThat(page.locator("button[value=approve]").count()).isZero();
        assertThat(page.locator("button[name=number]").count()).isZero();
        var field = page.getByLabel("Which number do you see on the device where you started?");
        assertThat(field.getAttribute("inputmode")).isEqualTo("numeric");
        assertThat(field.getAttribute("autocomplete")).isEqualTo("off");

        field.fill(right);
        PersonAtThePage.press(page, "#ciba-number-form .ciba-button-approve");

        assertThat(page.locator(".ciba-result-approved").count()).isEqualTo(1);
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    @BrowserTest
    void enterInTheFieldApprovesAndDoesNotDeny(Page page) {
        page.navigate(form.link().toString());
        PersonAtThePage.awaitASecond(page);

        page.locator("#ciba-number").pressSequentially(right);
        PersonAtThePage.look(page);
        page.keyboard().press("Enter");

        page.waitForSelector(".ciba-result-approved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0660", "\u06F0", "\u0966", "\uFF10", "\uD835\uDFCE"})
    void digitsOfAnyKeyboardAreDigits(String zero) {
        String typed =
                right.chars()
                        .map(digit -> digit - '0' + zero.codePointAt(0))
                        .mapToObj(Character::toString)
                        .reduce(" ", String::concat);

        assertThat(form.press("number", typed).body()).contains("ciba-result-approved");
    }

    @Test
    void wrongNumberDeniesAndThereIsNoSecondTry() {
        Answer first = form.press("number", wrong);
        Answer second = form.press("number", right);

        assertThat(first.body()).contains("Wrong number").contains("not the number");
        assertThat(second.body()).contains("Wrong number");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "123", "4x", "\u00B2\u00B2", "--", "10 or 11", "<b>10</b>"})
    void whatIsNoNumberIsNoTry(String typed) {
        Answer page = form.press("number", typed);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("ciba-number-problem")
                .contains("aria-invalid=\"true\"")
                .doesNotContain("<b>");
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
        assertThat(form.press("number", right).body()).contains("ciba-result-approved");
    }

    @Test
    void pageKnowsNothingOfTheNumber() {
        String page = MailReader.reads(form.link()).body();
        String inMarkers = page.replaceAll("[A-Za-z0-9_-]{20,}|data-[a-z-]+=\"[^\"]*\"", "");

        String sizes = "(?:width|height)=\"\\d+\"";

        assertThat(inMarkers.replaceAll(sizes + "|\\d+:\\d+|\\d{4}|\\d+\\.\\d+\\.\\d+\\.\\d+", ""))
                .doesNotContain(">" + right + "<")
                .doesNotContain("\"" + right + "\"");
    }

    @Test
    void firstPressWithoutTheSignOfAPersonIsNoTry() {
        Answer rightPage = pressedByAProgram(right);
        Answer wrongPage = pressedByAProgram(wrong);

        assertThat(rightPage.body()).contains("ciba-again-heading").contains(right);
        assertThat(comparable(rightPage, right)).isEqualTo(comparable(wrongPage, wrong));
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void ofManyGuessesAtOnceOneCounts() throws Exception {
        List<Callable<Answer>> guesses =
                IntStream.range(0, GUESSES)
                        .mapToObj(i -> Integer.toString(10 + i))
                        .filter(guess -> !guess.equals(right))
                        .<Callable<Answer>>map(guess -> () -> form.press("number", guess))
                        .toList();

        AtOnce.run(guesses);

        assertThat(form.press("number", right).body()).contains("Wrong number");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void approvalWithoutANumberDecidesNothing() {
        assertThat(form.press("decision", "approve").status()).isEqualTo(403);
        assertThat(form.press("decision", "deny").body()).contains("ciba-result-denied");
    }

    private Answer pressedByAProgram(String number) {
        return form.post(
                Form.of("page_token", form.token(), "number", number),
                "Sec-Fetch-Site",
                "same-origin");
    }

    /** Without the number that was typed, the marker, and the time left. */
    private static String comparable(Answer page, String number) {
        return page.body()
                .replaceAll("name=\"again\" value=\"[0-9][^\"]+\"", "")
                .replaceAll("data-seconds-left=\"\\d+\"[^<]*<", "")
                .replace("value=\"" + number + "\"", "")
                .replace("<bdi>" + number + "</bdi>", "");
    }
}
