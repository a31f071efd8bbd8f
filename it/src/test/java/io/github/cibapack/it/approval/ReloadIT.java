// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form that was sent leads to a page that can be loaded again (RFC 9110 §15.4.4). */
class ReloadIT {

    private static final String[] OWN_PAGE = {"Sec-Fetch-Site", "same-origin"};

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (String user : List.of("ada", "bea", "cem", "dia", "eli")) {
                                    realm.addUser(user);
                                }
                                Policies.addUserWithPassword(realm, "fay");
                            });

    private final RelyingParty pump = REALM.gasPump();

    @ParameterizedTest
    @CsvSource({"ada, approve, approved", "bea, deny, denied", "cem, report, reported"})
    void decisionIsAnsweredWithTheWayToThePageThatShowsIt(
            String user, String decision, String shown) {
        ApprovalForm form = ApprovalForm.open(REALM.linkOf(pump.start(user, "Pump 4")));

        Answer answer = form.send(form.filled("decision", decision), OWN_PAGE);

        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo(form.link().getPath());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body()).isEmpty();
        assertThat(ApprovalForm.follow(form.link(), answer).body())
                .contains("ciba-result-" + shown);
    }

    @Test
    void wayToThePageStaysOnTheHostThatWasCalled() {
        ApprovalForm form = ApprovalForm.open(REALM.linkOf(pump.start("dia", "Pump 4")));

        Answer answer =
                form.send(
                        form.filled("decision", "deny"),
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Host",
                        "evil.example");

        assertThat(answer.header("Location")).doesNotContain("evil.example").startsWith("/realms/");
    }

    @Test
    void formThatDecidesNothingIsNoWayToAnything() {
        Answer started = pump.start("dia", "Pump 5");
        ApprovalForm form = ApprovalForm.open(REALM.linkOf(started));

        Answer answer = form.send(Form.of("decision", "approve"), OWN_PAGE);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(pump.poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    @BrowserTest
    void reloadShowsWhatWasDecidedAndSendsNoForm(Page page) {
        Answer started = pump.start("eli", "Pump 4");
        page.navigate(REALM.linkOf(started) + "?kc_locale=en");
        PersonAtThePage.press(page, "button[value=approve]");
        List<String> methods = new ArrayList<>();
        page.onRequest(request -> methods.add(request.method()));

        page.reload();

        assertThat(page.locator(".ciba-result-approved").count()).isEqualTo(1);
        assertThat(methods).isNotEmpty().containsOnly("GET");
        assertThat(Trail.of(REALM.admin(), REALM.name(), started).steps())
                .containsOnlyOnce("approved");
    }

    @Test
    @BrowserTest
    void listOfRequestsIsLoadedAgainAfterABlockWasEnded(Page page) {
        ApprovalForm.decide(REALM.linkOf(pump.start("fay", "not mine")), "report");
        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "fay");
        List<String> posts = new ArrayList<>();
        page.onRequest(
                request -> {
                    if (request.method().equals("POST")) {
                        posts.add(request.url());
                    }
                });

        page.click("button[name=unblock]");
        page.waitForCondition(() -> page.locator("button[name=unblock]").count() == 0);
        page.reload();

        assertThat(posts).hasSize(1);
        assertThat(pump.start("fay", "allowed again").status()).isEqualTo(200);
    }
}
