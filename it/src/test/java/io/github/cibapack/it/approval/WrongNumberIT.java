// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number that the relying party does not show costs something: it blocks like a report. */
class WrongNumberIT {

    private static final int MOST_REPORTS = 5;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Policies.add(realm, "pick", "numberMatching", "true");
                                Policies.add(realm, "type", "numberMatching", "type");
                                for (int i = 0; i <= MOST_REPORTS; i++) {
                                    realm.addClient("app" + i, "app" + i + "-secret");
                                    realm.clientAttribute(
                                            "app" + i, "ciba.policies", i == 1 ? "type" : "pick");
                                    realm.clientAttribute(
                                            "app" + i, "ciba.number.matching", "true");
                                }
                                for (String user : List.of("ada", "bea", "cem", "dia", "eli")) {
                                    realm.addUser(user);
                                }
                                Policies.addUserWithPassword(realm, "fay");
                            });

    @ParameterizedTest
    @CsvSource({"app0, ada", "app1, bea"})
    void wrongNumberBlocksTheClientForThisUserAlone(String client, String user) {
        RelyingParty app = REALM.relyingParty(client);

        Answer page = wrong(app.start(user, "first"));

        assertThat(page.body()).contains("Wrong number").contains("cannot ask you for 15 min");
        Answer again = app.start(user, "again");
        assertThat(again.status()).as(again.body()).isEqualTo(403);
        assertThat(again.error()).isEqualTo("access_denied");
        assertThat(app.start("dia", "somebody else").status()).isEqualTo(200);
        assertThat(REALM.relyingParty("app2").start(user, "another application").status())
                .isEqualTo(200);
    }

    @Test
    void wrongNumberEndsTheOtherRequestsOfTheClient() {
        RelyingParty app = REALM.relyingParty("app0");
        Answer first = app.start("cem", "first");
        Answer second = app.start("cem", "second");
        Answer ofAnother = REALM.relyingParty("app2").start("cem", "another application");
        URI linkOfSecond = REALM.linkOf(second);

        wrong(first);

        assertThat(app.poll(first.authReqId()).error()).isEqualTo("access_denied");
        assertThat(app.poll(second.authReqId()).error()).isEqualTo("access_denied");
        assertThat(ApprovalForm.decide(linkOfSecond, "deny").body()).contains("Wrong number");
        assertThat(REALM.relyingParty("app2").poll(ofAnother.authReqId()).isUndecided()).isTrue();
        assertThat(Trail.of(REALM, second).awaitDetails("wrong_number").path("reason").asText())
                .isEqualTo("another_number_wrong");
    }

    @Test
    void wrongNumberIsAFailureInTheEventsAndSaysNoNumber() {
        Answer started = REALM.relyingParty("app2").start("dia", "counted");

        wrong(started);

        JsonNode event = Trail.of(REALM, started).await("wrong_number");
        assertThat(event.path("type").asText()).isEqualTo("AUTHREQID_TO_TOKEN_ERROR");
        assertThat(event.path("error").asText()).isEqualTo("wrong_number");
        assertThat(event.at("/details/ciba_result").asText())
                .isEqualTo("CIBA Authentication Failed");
        assertThat(event.at("/details/decision").asText()).isEqualTo("wrong_number");
        assertThat(Trail.of(REALM, started).steps()).doesNotContain("denied", "approved");
        assertThat(event.path("details").toString())
                .doesNotContain("\"" + started.text("match_code") + "\"");
    }

    @Test
    void wrongNumberBlocksThoughTheUserHasReportedAsOftenAsMayBe() {
        for (int i = 0; i < MOST_REPORTS; i++) {
            Answer started = REALM.relyingParty("app" + i).start("eli", "not mine");
            ApprovalForm.decide(REALM.linkOf(started), "report");
        }
        RelyingParty app = REALM.relyingParty("app" + MOST_REPORTS);

        wrong(app.start("eli", "a guess"));

        assertThat(app.start("eli", "another guess").status()).isEqualTo(403);
    }

    @Test
    @BrowserTest
    void listShowsTheWrongNumberAndEndsTheBlock(Page page) {
        RelyingParty app = REALM.relyingParty("app3");
        wrong(app.start("fay", "first"));
        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "fay");
        page.waitForSelector("#ciba-decisions");

        assertThat(page.locator("ul[aria-labelledby=ciba-decisions]").innerText())
                .contains("Wrong number");
        page.click("button[name=unblock]");
        page.waitForCondition(() -> page.locator("button[name=unblock]").count() == 0);

        assertThat(app.start("fay", "again").status()).isEqualTo(200);
    }

    private static Answer wrong(Answer started) {
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        String wrong = started.text("match_code").equals("10") ? "11" : "10";
        return ApprovalForm.open(REALM.linkOf(started)).press("number", wrong);
    }
}
