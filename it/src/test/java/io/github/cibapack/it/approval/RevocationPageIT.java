// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can revoke an approval, and by what: the page behind the link, and the list of requests. */
class RevocationPageIT {
    private static final String OFFER = "ciba-revoke-form";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(RevocationPageIT::change);

    private final RelyingParty pump = REALM.gasPump();

    private static void change(RealmDocument realm) {
        Policies.add(realm, "signed-in", "approvalMode", "login");
        realm.addClient("login-app", "login-app-secret").put("name", "Login App");
        realm.clientAttribute("login-app", "ciba.policies", "signed-in");
        Access.letIntrospect(realm, "gas-pump", "login-app");
        for (String user : List.of("ada", "ben", "cat", "dan", "eva", "fay", "gus", "hal")) {
            Policies.addUserWithPassword(realm, user);
        }
    }

    @Test
    @BrowserTest
    void buttonUnderTheApprovalEndsTheAccess(Page page) {
        Access access = Access.asked(REALM, pump, "ada", "openid");
        page.navigate(access.link().toString());
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");
        Answer tokens = access.redeem();
        assertThat(page.locator("#ciba-revoke-hint").innerText()).contains("loses its access");

        PersonAtThePage.press(page, "#" + OFFER + " button");

        page.waitForSelector(".ciba-result-reported");
        assertThat(page.locator("h1").innerText()).isEqualTo("Approval taken back");
        assertThat(page.locator("main").innerText()).contains("has lost its access");
        access.assertEnded(tokens);
    }

    @Test
    @BrowserTest
    void listOfRequestsLeadsToIt(Page page) {
        Access access = Access.approved(REALM, pump, "ben", "openid");
        Answer tokens = access.redeem();
        page.navigate(REALM.url("/ciba/requests").toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "ben");
        page.waitForSelector("#ciba-approvals");
        assertThat(page.locator("ul[aria-labelledby=ciba-approvals]").innerText())
                .contains("Gas Pump");

        page.click("ul[aria-labelledby=ciba-approvals] a");
        page.waitForSelector(".ciba-result-approved");
        PersonAtThePage.press(page, "#" + OFFER + " button");

        page.waitForSelector(".ciba-result-reported");
        access.assertEnded(tokens);
        page.click(".ciba-back a");
        assertThat(page.locator("#ciba-approvals").count()).isZero();
        assertThat(page.locator("ul[aria-labelledby=ciba-decisions]").innerText())
                .contains("Approval taken back");
    }

    @Test
    @BrowserTest
    void whereTheDecisionNeedsALoginTheRevocationDoes(Page page) {
        Access access = Access.asked(REALM, REALM.relyingParty("login-app"), "cat", "openid");
        page.navigate(access.link().toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "cat");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");
        Answer tokens = access.redeem();

        assertThat(access.page().body()).contains("ciba-sign-in").doesNotContain(OFFER);
        String token = page.locator("#" + OFFER + " input[name=page_token]").inputValue();
        access.form(token).press("revoke", "true");
        access.assertAlive(tokens);

        page.context().clearCookies();
        page.navigate(access.link().toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "cat");
        PersonAtThePage.press(page, "#" + OFFER + " button");
        page.waitForSelector(".ciba-result-reported");
        access.assertEnded(tokens);
    }

    @Test
    void openingRevokesNothing() {
        Access access = Access.approved(REALM, pump, "dan", "openid");
        Answer tokens = access.redeem();

        for (String path : List.of("", "/revoke", "/revoke?revoke=true")) {
            for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                RelyingParty.exchange(
                        HttpRequest.newBuilder(URI.create(access.link() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build());
            }
        }

        access.assertAlive(tokens);
    }

    @Test
    @BrowserTest
    void programThatPressesRevokesNothingAndTheSecondPressDoes(Page page) {
        Access access = Access.approved(REALM, pump, "hal", "openid");
        Answer tokens = access.redeem();
        page.navigate(access.link().toString());
        PersonAtThePage.awaitASecond(page);

        page.evaluate("document.querySelector('#ciba-revoke-form button').click()");
        page.waitForSelector("#ciba-again-heading");
        access.assertAlive(tokens);

        PersonAtThePage.awaitASecond(page);
        page.evaluate("document.querySelector('.ciba-again button:last-child').click()");
        page.waitForSelector(".ciba-result-reported");
        access.assertEnded(tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void otherSitesRevokeNothing(String site) {
        Access access = Access.approved(REALM, pump, "eva", "openid");
        Answer tokens = access.redeem();
        ApprovalForm form = access.form(ApprovalForm.open(access.link()).token());

        Answer refused =
                form.post(
                        Form.of("page_token", form.token(), "revoke", "true"),
                        "Sec-Fetch-Site",
                        site);

        assertThat(refused.status()).isEqualTo(403);
        access.assertAlive(tokens);
    }

    @Test
    void formOfADecisionRevokesNothingAndTheOtherWayRound() {
        Access access = Access.asked(REALM, pump, "fay", "openid");
        ApprovalForm decision = ApprovalForm.open(access.link());
        assertThat(access.form(decision.token()).press("revoke", "true").status()).isEqualTo(403);
        decision.press("decision", "approve");
        Answer tokens = access.redeem();

        assertThat(access.form(decision.token()).press("revoke", "true").status()).isEqualTo(403);
        assertThat(access.form("").press("revoke", "true").status()).isEqualTo(403);

        access.assertAlive(tokens);
        Access other = Access.asked(REALM, pump, "fay", "openid");
        String revocation = ApprovalForm.open(access.link()).token();
        new ApprovalForm(other.link(), revocation).press("decision", "approve");
        assertThat(pump.poll(other.started().authReqId()).error())
                .isEqualTo("authorization_pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deny", "report"})
    void nothingIsOfferedAfterAnotherDecision(String decision) {
        Access access = Access.asked(REALM, REALM.gasPumpPost(), "gus", "openid");
        if (decision.equals("report")) {
            access = Access.asked(REALM, pump, "gus", "openid");
        }

        ApprovalForm.decide(access.link(), decision);

        assertThat(access.page().body()).doesNotContain(OFFER);
    }
}
