// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A signed-in user's list of requests. */
class InboxIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (String user : new String[] {"dora", "emil", "fay", "gus"}) {
                                    Policies.addUserWithPassword(realm, user);
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();

    @Test
    void nobodySeesAnythingWithoutSigningIn() {
        Answer started = pump.start("alice", "secret message");

        Answer list = get("/ciba/requests");
        Answer one = get("/ciba/requests/" + started.authReqId());

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains("ciba-sign-in").doesNotContain("secret message");
        assertThat(one.body()).contains("ciba-sign-in").doesNotContain("secret message");
    }

    @Test
    @BrowserTest
    void pendingRequestsAreListedNewestFirstAndDecidedThere(Page page) {
        pump.start("dora", "the older one");
        Answer newer = pump.start("dora", "the newer one");
        pump.start("alice", "somebody else's");
        REALM.mailbox().awaitMailFor(newer.authReqId());
        open(page, "dora");

        List<String> rows = page.locator("ul[aria-labelledby=ciba-pending] li").allInnerTexts();
        assertThat(rows).hasSize(2);
        assertThat(page.locator("main").innerText()).doesNotContain("somebody else's");
        int first = rows.get(0).contains("the newer one") ? 0 : 1;
        page.locator("ul[aria-labelledby=ciba-pending] a").nth(first).click();
        assertThat(page.locator(".ciba-message-text").innerText()).isEqualTo("the newer one");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        assertThat(pump.poll(newer.authReqId()).status()).isEqualTo(200);
        page.click(".ciba-back a");
        assertThat(page.locator("ul[aria-labelledby=ciba-pending] li").count()).isEqualTo(1);
        assertThat(page.locator("ul[aria-labelledby=ciba-decisions]").innerText())
                .contains("Gas Pump")
                .contains("the newer one")
                .contains("Approved");
        assertThat(page.locator("ul[aria-labelledby=ciba-approvals]").innerText())
                .contains("the newer one", "Review", "Receipt");
        page.click("#ciba-sign-out");
        page.click("#kc-logout");
        page.navigate(REALM.url("/ciba/requests").toString());
        assertThat(page.locator("#ciba-sign-in").count()).isOne();
    }

    @Test
    @BrowserTest
    void requestOfSomebodyElseIsUnknown(Page page) {
        Answer started = pump.start("alice", "for alice");
        REALM.mailbox().awaitMailFor(started.authReqId());
        open(page, "emil");

        page.navigate(REALM.url("/ciba/requests/" + started.authReqId()).toString());

        assertThat(page.locator(".ciba-result-unknown").count()).isEqualTo(1);
        assertThat(page.content()).doesNotContain("for alice");
    }

    @Test
    @BrowserTest
    void blockAfterAReportIsUndoneThere(Page page) {
        Answer started = pump.start("fay", "not mine");
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), "report");
        assertThat(pump.start("fay", "blocked").status()).isEqualTo(403);
        open(page, "fay");
        assertThat(page.locator("main").innerText())
                .contains("Reported", "Signed in as fay.", "because you reported one");

        page.click("button[name=unblock]");

        assertThat(page.locator("button[name=unblock]").count()).isZero();
        assertThat(pump.start("fay", "allowed again").status()).isEqualTo(200);
    }

    @Test
    void mailLinksToTheList() {
        Answer started = pump.start("gus", "Pump 4");

        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        String list = REALM.url("/ciba/requests").toString();
        assertThat(mail.text()).contains(list);
        assertThat(mail.html()).contains("href=\"" + list + "\"");
    }

    private static void open(Page page, String user) {
        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, user);
        page.waitForSelector("#ciba-pending");
    }

    private static Answer get(String path) {
        return RelyingParty.exchange(HttpRequest.newBuilder(REALM.url(path)).build());
    }
}
