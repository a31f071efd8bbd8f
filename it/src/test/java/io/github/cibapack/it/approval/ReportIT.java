// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** "I did not start this": what it does to the request, to the others and to the client. */
class ReportIT {

    private static final int MOST_REPORTS = 5;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (String user :
                                        new String[] {
                                            "dora", "emil", "fay", "gus", "hanna", "ivy"
                                        }) {
                                    realm.addUser(user);
                                }
                                for (int i = 0; i <= MOST_REPORTS; i++) {
                                    realm.addClient("app" + i, "app" + i + "-secret");
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();
    private final RelyingParty otherApp = REALM.gasPumpPost();

    @Test
    void reportedRequestPollsAsDenied() {
        Answer started = pump.start("dora", "not mine");

        Answer page = ApprovalForm.decide(REALM.linkOf(started), "report");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("ciba-result-reported");
        Answer poll = pump.poll(started.authReqId());
        assertThat(poll.error()).isEqualTo("access_denied");
        assertThat(poll.errorDescription()).contains("has been denied.");
    }

    @Test
    void reportEndsTheOtherRequestsOfThisClientAndNoOthers() {
        Answer first = pump.start("emil", "first");
        Answer second = pump.start("emil", "second");
        Answer ofAnother = otherApp.start("emil", "another application");
        ApprovalForm formOfSecond = ApprovalForm.open(REALM.linkOf(second));

        ApprovalForm.decide(REALM.linkOf(first), "report");

        assertThat(pump.poll(second.authReqId()).error()).isEqualTo("access_denied");
        assertThat(otherApp.poll(ofAnother.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(formOfSecond.press("decision", "approve").body())
                .contains("ciba-result-reported");
        assertThat(pump.poll(second.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void reportedClientCannotAskThisUserAgainButOthersCan() {
        Answer first = pump.start("fay", "first");
        ApprovalForm.decide(REALM.linkOf(first), "report");

        Answer again = pump.start("fay", "again");

        assertThat(again.status()).isEqualTo(403);
        assertThat(again.error()).isEqualTo("access_denied");
        assertThat(again.errorDescription())
                .as("as for any limit")
                .startsWith("The user cannot be asked at the moment.");
        assertThat(Integer.parseInt(again.header("Retry-After"))).isBetween(1, 60 * 60 * 24);
        assertThat(otherApp.start("fay", "another application").status()).isEqualTo(200);
        assertThat(pump.start("alice", "another user").status()).isEqualTo(200);
    }

    @Test
    void reportAfterADecisionChangesNothing() {
        Answer started = pump.start("gus", "mine");
        URI link = REALM.linkOf(started);
        ApprovalForm form = ApprovalForm.open(link);
        form.press("decision", "approve");

        Answer page = form.press("decision", "report");

        assertThat(page.body()).contains("ciba-result-approved");
        assertThat(pump.start("gus", "again").status()).isEqualTo(200);
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void reportIsAnEventOfItsOwn() {
        Answer started = pump.start("hanna", "not mine");
        ApprovalForm.decide(REALM.linkOf(started), "report");

        assertThat(REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN"))
                .anySatisfy(
                        event -> {
                            var details = event.path("details");
                            assertThat(details.path("ciba_event").asText()).isEqualTo("reported");
                            assertThat(details.path("auth_req_id").asText())
                                    .isEqualTo(started.authReqId());
                            assertThat(details.path("approval_mode").asText()).isEqualTo("link");
                        });
    }

    @Test
    void afterFiveReportsWithinAnHourFurtherOnesOnlyDeny() {
        for (int i = 0; i < MOST_REPORTS; i++) {
            report("app" + i);
            assertThat(REALM.relyingParty("app" + i).start("ivy", "again").status()).isEqualTo(403);
        }

        Answer sixth = report("app" + MOST_REPORTS);

        RelyingParty app = REALM.relyingParty("app" + MOST_REPORTS);
        assertThat(app.poll(sixth.authReqId()).error()).isEqualTo("access_denied");
        assertThat(app.start("ivy", "again").status()).isEqualTo(200);
    }

    private static Answer report(String clientId) {
        Answer started = REALM.relyingParty(clientId).start("ivy", "not mine");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ApprovalForm.decide(REALM.linkOf(started), "report");
        return started;
    }

    @Test
    @BrowserTest
    void buttonIsOnThePage(Page page) {
        Answer started = otherApp.start("alice", "not mine");
        page.navigate(REALM.linkOf(started).toString());

        PersonAtThePage.press(page, "button[name=decision][value=report]");

        assertThat(page.locator("h1").textContent()).contains("Reported");
        assertThat(page.locator("main").innerText()).contains("15 min");
        assertThat(otherApp.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }
}
