// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is approved is what is seen, whole, on the smallest of screens. */
@BrowserTest
class WholeTextIT {
    private static final int SMALLEST_WIDTH = 320;
    private static final String LONGEST_NAME = "W".repeat(255);
    private static final String LONGEST_CONSENT = "M".repeat(1000);
    private static final String REALM_NAME = "\u200B\u2800 \u3164";

    /** The texts whose letters stand outside of what is painted, and those that are clipped. */
    private static final String HIDDEN =
            """
            () => {
              const wrong = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const node = walker.currentNode;
                const holder = node.parentElement;
                if (!node.data.trim() || holder.closest('.ciba-hidden, script, style')
                    || !holder.checkVisibility()) {
                  continue;
                }
                const range = document.createRange();
                range.selectNodeContents(node);
                for (const box of range.getClientRects()) {
                  if (box.left < -1 || box.right > document.documentElement.clientWidth + 1) {
                    wrong.push('outside: ' + node.data.slice(0, 40));
                  }
                  for (let outer = holder; outer; outer = outer.parentElement) {
                    const style = getComputedStyle(outer);
                    const frame = outer.getBoundingClientRect();
                    const clips = value => value !== 'visible';
                    if ((clips(style.overflowX) && box.right > frame.right + 1)
                        || (clips(style.overflowY) && outer !== document.documentElement
                            && outer !== document.body && box.bottom > frame.bottom + 1)
                        || style.textOverflow !== 'clip'
                        || style.webkitLineClamp !== 'none') {
                      wrong.push('clipped: ' + node.data.slice(0, 40) + ' by ' + outer.className);
                    }
                  }
                }
              }
              return wrong;
            }
            """;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(WholeTextIT::longNames);

    private static void longNames(RealmDocument realm) {
        realm.addClient("long-winded", "long-winded-secret")
                .put("name", LONGEST_NAME)
                .put("description", "D".repeat(255));
        realm.addClient("unseen", "unseen-secret").put("name", "\u200B\u2060 \u3164");
        realm.json().put("displayName", REALM_NAME).put("displayNameHtml", "<b>&nbsp;</b>&#8203;");
        realm.addUser("dora");
        realm.addUser("u".repeat(200)).put("email", "long@ciba-demo.example");
        var scope = realm.json().withArrayProperty("clientScopes").addObject();
        scope.put("name", "everything").put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", "true")
                .put("consent.screen.text", LONGEST_CONSENT);
        realm.client("long-winded").withArrayProperty("optionalClientScopes").add("everything");
    }

    @ParameterizedTest
    @ValueSource(strings = {"W", "\u26FD", "請", "ש", "W W W W W W W W", "/a-b_c%20d?e=f&"})
    void longestTextsAreSeenWholeOnPageAndInMail(String piece, BrowserContext browser) {
        String message = firstCharacters(piece, 256);
        Answer started =
                REALM.relyingParty("long-winded")
                        .start(
                                Form.of("scope", "openid everything", "login_hint", "dora")
                                        .and("binding_message", message)
                                        .and("request_context", context()));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());
        SoftAssertions softly = new SoftAssertions();

        onAPhone(
                browser,
                page -> {
                    page.navigate(mail.magicLink().toString());
                    softly.assertThat(page.evaluate(HIDDEN)).as("page").isEqualTo(List.of());
                    softly.assertThat(page.locator(".ciba-message-text").innerText())
                            .isEqualTo(message);
                    softly.assertThat(page.locator("main").innerText())
                            .contains(LONGEST_NAME, LONGEST_CONSENT, "d".repeat(100));
                });
        // a page of its own: the approval page's policy allows no inline styles
        onAPhone(
                browser,
                page -> {
                    page.setContent(mail.html());
                    softly.assertThat(page.evaluate(HIDDEN)).as("mail").isEqualTo(List.of());
                    softly.assertThat(page.locator("body").innerText())
                            .contains(LONGEST_NAME, message);
                });
        ApprovalForm.decide(mail.magicLink(), "deny");

        softly.assertThat(mail.subject()).isEqualTo("Authentication request from " + LONGEST_NAME);
        softly.assertThat(mail.text().lines().map(String::strip)).contains(message);
        softly.assertAll();
    }

    @Test
    void nameThatShowsNothingGivesWay(BrowserContext browser) {
        Answer started =
                REALM.relyingParty("unseen")
                        .start(Form.of("scope", "openid", "login_hint", "dora"));
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        assertThat(mail.subject()).isEqualTo("Authentication request from unseen");
        assertThat(mail.text()).contains("account dora at " + REALM.name());
        onAPhone(
                browser,
                page -> {
                    page.navigate(mail.magicLink().toString());
                    assertThat(page.locator("h1").innerText()).startsWith("unseen ");
                    assertThat(page.locator("main").innerText())
                            .contains("your account at " + REALM.name());
                    assertThat(page.locator("#kc-header-wrapper").innerText())
                            .isEqualToIgnoringCase(REALM.name());
                });
        ApprovalForm.decide(mail.magicLink(), "deny");
    }

    @Test
    void longNameOfAUserIsSeenWhole(BrowserContext browser) {
        Answer started =
                REALM.gasPump()
                        .start(Form.of("scope", "openid", "login_hint", "long@ciba-demo.example"));
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        onAPhone(
                browser,
                page -> {
                    page.setContent(mail.html());
                    assertThat(page.evaluate(HIDDEN)).isEqualTo(List.of());
                    assertThat(page.locator("body").innerText()).contains("u".repeat(200));
                });
        ApprovalForm.decide(mail.magicLink(), "deny");
    }

    private static String firstCharacters(String piece, int count) {
        String text = piece.repeat(count);
        return text.substring(0, text.offsetByCodePoints(0, count)).strip();
    }

    private static String context() {
        return Json.MAPPER
                .valueToTree(
                        Map.of(
                                "device", "d".repeat(100),
                                "place", "p".repeat(100),
                                "address", "2001:db8:0000:0000:0000:0000:0000:0001"))
                .toString();
    }

    private static void onAPhone(BrowserContext any, Consumer<Page> visit) {
        NewContextOptions phone =
                new NewContextOptions().setLocale("en").setViewportSize(SMALLEST_WIDTH, 568);
        try (BrowserContext context = any.browser().newContext(phone)) {
            visit.accept(context.newPage());
        }
    }
}
