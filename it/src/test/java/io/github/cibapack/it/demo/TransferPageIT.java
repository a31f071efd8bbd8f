// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.MailReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo's second page in a browser, with the rule of the shipped realm. */
@BrowserTest
class TransferPageIT {
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
        DemoScreen.press(page, "Send $50 to Bob");
        DemoScreen.awaitStatus(page, "The gateway waits for your approval by e-mail");
        DemoScreen.picture(page, "transfer-waiting");

        MailReader.approves(mailAbout("Send $50 to Bob"));

        DemoScreen.awaitStatus(page, "Done. The API has sent it.");
        assertThat(page.locator("#claim-rows")).containsText("Send $50 to Bob");
        assertThat(page.locator("#claim-rows")).containsText(REALM.userId("alice"));
        assertThat(page.locator("#exchanges li").first()).containsText("200");
        DemoScreen.picture(page, "transfer-done");
    }

    @Test
    void deniedTransferIsNotDone(Page page) {
        open(page);
        DemoScreen.press(page, "Send $80 to Bob");

        MailReader.denies(mailAbout("Send $80 to Bob"));

        DemoScreen.awaitStatus(page, "Denied. Nothing reached the API.");
        assertThat(page.locator("#claims")).isHidden();
        DemoScreen.picture(page, "transfer-denied");
    }

    @Test
    void pagesLeadToEachOther(Page page) {
        open(page);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Petrol pump")).click();
        DemoScreen.awaitStatus(page, "How much gas?");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Transfer money"))
                .click();
        DemoScreen.awaitStatus(page, "How much for Bob?");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("An AI agent that asks"))
                .click();
        DemoScreen.awaitStatus(page, "How many nights?");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("A phone that rings"))
                .click();
        assertThat(page.getByText("It has not rung yet.")).isVisible();
    }

    private void open(Page page) {
        page.navigate(demo.url());
    }

    private static ReceivedMail mailAbout(String message) {
        return REALM.mailbox().await(mail -> mail.text().contains(message), DemoScreen.SOON);
    }
}
