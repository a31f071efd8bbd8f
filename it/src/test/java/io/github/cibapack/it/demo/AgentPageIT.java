// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.MailReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo's page with an AI agent in a browser: it asks before it uses a tool. */
@BrowserTest
class AgentPageIT {
    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh().with(Agent::addTo);

    private DemoOfAnApp demo;

    @BeforeEach
    void openTheDemo() {
        demo = DemoOfAnApp.open(REALM, "agent", Agent.story());
    }

    @AfterEach
    void closeTheDemo() {
        demo.close();
    }

    @Test
    void toolIsUsedAsThePersonHasReadItInTheMailAndApproved(Page page) {
        open(page);
        DemoScreen.press(page, "Book 2 nights");
        DemoScreen.awaitStatus(page, "The agent waits for Alice’s approval by e-mail");
        assertThat(page.locator("#exchanges .pending").first())
                .hasText("401 authorization_pending");
        assertThat(page.locator("#exchanges li").last()).containsText("tools/list");
        assertThat(page.locator("#exchanges li").last().locator(".ok")).hasText("200");

        page.locator("#mails button").first().click();
        FrameLocator mail = page.frameLocator("#mail");
        assertThat(mail.locator("body")).containsText("book_hotel");
        assertThat(mail.locator("body")).containsText("280 EUR");
        DemoScreen.picture(page, "agent-waiting");
        Page approval =
                page.context()
                        .waitForPage(
                                () ->
                                        mail.getByRole(
                                                        AriaRole.LINK,
                                                        new FrameLocator.GetByRoleOptions()
                                                                .setName("Review the request"))
                                                .click());
        assertThat(approval.locator("main")).containsText("Travel agent (AI)");
        assertThat(approval.locator("main")).containsText("Hotel Aurora");
        PersonAtThePage.press(approval, "button[value=approve]");

        DemoScreen.awaitStatus(page, "Booked, as Alice has approved it.");
        assertThat(page.locator("#claim-rows")).containsText("\"nights\":2");
        assertThat(page.locator("#exchanges li").first()).containsText("Booked: Hotel Aurora");
        DemoScreen.picture(page, "agent-done");
    }

    @Test
    void toolIsNotUsedIfThePersonSaysThatSheDidNotStartThis(Page page) {
        open(page);
        DemoScreen.press(page, "Book 3 nights");
        MailReader.decides(
                "report",
                REALM.mailbox()
                        .await(mail -> mail.text().contains("420 EUR"), DemoScreen.SOON)
                        .magicLink());
        DemoScreen.awaitStatus(page, "Denied. The tool was not used.");

        DemoScreen.press(page, "Book 1 night");

        DemoScreen.awaitStatus(page, "Alice is not asked now. The tool was not used.");
        DemoScreen.picture(page, "agent-refused");
        BlockedForAWhile.end(page);
    }

    private void open(Page page) {
        page.navigate(demo.url());
    }
}
