// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A realm that stores no events has no history to show. */
class InboxWithoutEventsIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Policies.addUserWithPassword(realm, "hilda");
                                realm.json().put("eventsEnabled", false);
                            });

    @Test
    @BrowserTest
    void inboxSaysThatNoDecisionsAreKeptAndStillListsWhatIsPending(Page page) {
        Answer decided = REALM.gasPump().start("hilda", "decided");
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(decided.authReqId()).magicLink(), "approve");
        REALM.gasPump().start("hilda", "still open");

        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "hilda");
        page.waitForSelector("#ciba-pending");

        assertThat(page.locator("ul[aria-labelledby=ciba-pending] li").allInnerTexts())
                .singleElement()
                .asString()
                .contains("still open");
        assertThat(page.locator("ul[aria-labelledby=ciba-decisions]").count()).isZero();
        assertThat(page.locator("main").innerText())
                .contains("Decisions are not kept on this server.")
                .doesNotContain("You have not decided anything yet.");
        assertThat(REALM.admin().events(REALM.name())).isEmpty();
    }
}
