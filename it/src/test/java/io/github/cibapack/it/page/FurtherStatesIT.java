// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.browser.SmallPng;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The states and modes that policies and reports bring: each {@link Look} on the smallest screen,
 * judged by axe. With {@code -Dit.screenshots=true} it leaves their pictures.
 */
@BrowserTest
class FurtherStatesIT {

    private static final String TOO_WIDE_BY =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private static final String CONTEXT =
            "{\"place\":\"Rosenheim, Bavaria\",\"device\":\"Pump 4\",\"address\":\"203.0.113.7\"}";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(FurtherStatesIT::furnish);

    private static void furnish(RealmDocument realm) {
        Policies.add(realm, "signed-in", "approvalMode", "login");
        Policies.add(realm, "numbers", "numberMatching", "true");
        realm.addClient("login-app", "login-app-secret").put("name", "Gas Pump");
        realm.clientAttribute("login-app", "ciba.policies", "signed-in");
        realm.addClient("number-app", "number-app-secret").put("name", "Gas Pump");
        realm.clientAttribute("number-app", "ciba.policies", "numbers");
        realm.clientAttribute("number-app", "ciba.number.matching", "true");
        Policies.add(realm, "typed", "numberMatching", "type");
        realm.addClient("typing-app", "typing-app-secret").put("name", "Gas Pump");
        realm.clientAttribute("typing-app", "ciba.policies", "typed");
        realm.clientAttribute("typing-app", "ciba.number.matching", "true");
        Policies.addUserWithPassword(realm, "dora");
        Policies.addUserWithPassword(realm, "emil");
    }

    @Test
    void reported(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.gasPump(), "alice"));
        ApprovalForm.decide(link, "report");

        judge(any, "reported", page -> page.navigate(link.toString()));
    }

    @Test
    void revoked(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.gasPumpPost(), "dora"));
        ApprovalForm.decide(link, "approve");
        String token = ApprovalForm.open(link).token();
        new ApprovalForm(URI.create(link + "/revoke"), token).press("revoke", "true");

        judge(any, "revoked", page -> page.navigate(link.toString()));
    }

    @Test
    void placeDeviceAndReportButton(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.gasPump(), "dora"));

        judge(any, "context", page -> page.navigate(link.toString()));
    }

    @Test
    void numbers(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.relyingParty("number-app"), "dora"));

        judge(any, "numbers", page -> page.navigate(link.toString()));
    }

    @Test
    void typedNumber(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.relyingParty("typing-app"), "dora"));

        judge(any, "typed-number", page -> page.navigate(link.toString()));
    }

    @Test
    void typedTextThatIsNoNumber(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.relyingParty("typing-app"), "dora"));

        judge(
                any,
                "no-number",
                page -> {
                    page.navigate(link.toString());
                    page.fill("#ciba-number", "4");
                    page.evaluate("document.getElementById('ciba-number-form').noValidate = true");
                    page.click("#ciba-number-form .ciba-button-approve");
                    page.waitForSelector("#ciba-number-problem");
                });
    }

    @Test
    void secondPress(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.gasPump(), "dora"));

        judge(
                any,
                "second-press",
                page -> {
                    page.navigate(link.toString());
                    page.click(".ciba-button-approve");
                    page.waitForSelector("#ciba-again-heading");
                });
    }

    @Test
    void wrongNumber(BrowserContext any) throws IOException {
        Answer started = start(REALM.relyingParty("number-app"), "emil");
        URI link = REALM.linkOf(started);
        String wrong = started.text("match_code").equals("10") ? "11" : "10";
        ApprovalForm.open(link).press("number", wrong);

        judge(any, "wrong-number", page -> page.navigate(link.toString()));
    }

    @Test
    void signIn(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.relyingParty("login-app"), "dora"));

        judge(any, "sign-in", page -> page.navigate(link.toString()));
    }

    @Test
    void wrongUser(BrowserContext any) throws IOException {
        URI link = REALM.linkOf(start(REALM.relyingParty("login-app"), "dora"));

        judge(
                any,
                "wrong-user",
                page -> {
                    page.navigate(link.toString());
                    page.click("#ciba-sign-in");
                    Policies.signIn(page, "emil");
                    page.waitForSelector("#ciba-sign-out");
                });
    }

    @Test
    void inboxOfSomebodyWhoIsNotSignedIn(BrowserContext any) throws IOException {
        judge(any, "inbox-sign-in", page -> page.navigate(REALM.url("/ciba/requests").toString()));
    }

    @Test
    void inbox(BrowserContext any) throws IOException {
        ApprovalForm.decide(REALM.linkOf(start(REALM.gasPumpPost(), "emil")), "report");
        ApprovalForm.decide(REALM.linkOf(start(REALM.gasPump(), "emil")), "approve");
        start(REALM.gasPump(), "emil");

        judge(
                any,
                "inbox",
                page -> {
                    page.navigate(REALM.url("/ciba/requests").toString());
                    page.click("#ciba-sign-in");
                    Policies.signIn(page, "emil");
                    page.waitForSelector("#ciba-pending");
                });
    }

    private static Answer start(RelyingParty relyingParty, String user) {
        Answer started =
                relyingParty.start(
                        Form.of(
                                "scope",
                                "openid profile",
                                "login_hint",
                                user,
                                "binding_message",
                                OpenRequest.BINDING_MESSAGE,
                                "request_context",
                                CONTEXT));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static void judge(BrowserContext any, String name, Consumer<Page> show)
            throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (Look look : Look.all()) {
            try (BrowserContext context = any.browser().newContext(look.browser())) {
                Page page = context.newPage();
                show.accept(page);
                String where = "%s, %s".formatted(name, look);
                picture(page, name + "-" + look.language());
                softly.assertThat(look.violations(page)).as(where).isEmpty();
                judgeLanguageAndWidth(softly, page, where, look.language());
            }
        }
        // Long words: the one thing in which German may break what fits in the others.
        try (BrowserContext context =
                any.browser().newContext(new NewContextOptions().setLocale("de"))) {
            Page page = context.newPage();
            show.accept(page);
            judgeLanguageAndWidth(softly, page, name + ", German", "de");
            picture(page, name + "-de");
        }
        softly.assertAll();
    }

    private static void judgeLanguageAndWidth(
            SoftAssertions softly, Page page, String where, String language) {
        softly.assertThat(page.locator("html").getAttribute("lang")).as(where).isEqualTo(language);
        page.setViewportSize(320, 640);
        softly.assertThat(page.evaluate(TOO_WIDE_BY)).as(where).isEqualTo(0);
    }

    private static void picture(Page page, String name) throws IOException {
        if (!Boolean.getBoolean("it.screenshots")) {
            return;
        }
        page.setViewportSize(390, 844);
        Object height = page.evaluate("document.documentElement.scrollHeight");
        page.setViewportSize(390, Math.max(844, (Integer) height));
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
        Path images = Files.createDirectories(root.resolve("docs/images"));
        SmallPng.write(page.screenshot(), images.resolve("page-" + name + ".png"));
    }
}
