// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.server.Workspace;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo's second page in a browser, with the rule of the shipped realm. */
@BrowserTest
class TransferPageIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    private DemoOfAnApp demo;

    @BeforeEach
    void openTheDemo() {
        demo = DemoOfAnApp.open(REALM, "transfer", BankApp.story());
    }

    @AfterEach
    void closeTheDemo() {
        demo.close();
    }

    @Test
    void approvedTransferIsDoneAndShowsTheReceipt(Page page) {
        open(page);
        send(page, 50);
        assertThat(status(page)).hasText("The gateway waits for your approval by e-mail");
        screenshot(page, "waiting");

        MailReader.approves(mailAbout("Send $50 to Bob"));

        assertThat(status(page)).hasText("Done. The API has sent it.");
        assertThat(page.locator("#claim-rows")).containsText("Send $50 to Bob");
        assertThat(page.locator("#claim-rows")).containsText(REALM.userId("alice"));
        assertThat(page.locator("#exchanges li").first()).containsText("200");
        screenshot(page, "done");
    }

    @Test
    void deniedTransferIsNotDone(Page page) {
        open(page);
        send(page, 80);

        MailReader.denies(mailAbout("Send $80 to Bob"));

        assertThat(status(page)).hasText("Denied. Nothing reached the API.");
        assertThat(page.locator("#claims")).isHidden();
        screenshot(page, "denied");
    }

    @Test
    void pagesLeadToEachOther(Page page) {
        open(page);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Petrol pump")).click();
        assertThat(status(page)).hasText("How much gas?");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Transfer money"))
                .click();
        assertThat(status(page)).hasText("How much for Bob?");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("An AI agent that asks"))
                .click();
        assertThat(status(page)).hasText("How many nights?");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("A phone that rings"))
                .click();
        assertThat(page.getByText("It has not rung yet.")).isVisible();
    }

    private void open(Page page) {
        page.navigate(demo.url());
    }

    private static void send(Page page, int amount) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Send $" + amount + " to Bob"))
                .click();
    }

    private static Locator status(Page page) {
        return page.getByRole(AriaRole.STATUS);
    }

    private static ReceivedMail mailAbout(String message) {
        return REALM.mailbox().await(mail -> mail.text().contains(message), SOON);
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(
                                Workspace.current()
                                        .target()
                                        .resolve("screenshots")
                                        .resolve("demo-transfer-" + name + ".png")));
    }
}
