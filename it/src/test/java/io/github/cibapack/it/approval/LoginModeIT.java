// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Approval mode login: the link alone decides nothing. */
class LoginModeIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("acr.loa.map", "{\"silver\":1}");
                                Policies.add(realm, "signed-in", "approvalMode", "login");
                                realm.clientAttribute("gas-pump", "ciba.policies", "signed-in");
                                for (String user :
                                        new String[] {"dora", "emil", "fay", "gus", "hal", "ida"}) {
                                    Policies.addUserWithPassword(realm, user);
                                }
                            });

    private final RelyingParty pump = REALM.gasPump();

    @Test
    void scannerThatSendsTheFormDecidesNothing() {
        Answer started = pump.start("alice", "Pump 4");
        ApprovalForm form = ApprovalForm.open(REALM.linkOf(started));

        assertThat(form.token()).isEmpty();
        form.press("decision", "approve");

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    @BrowserTest
    void personSignsInThenDecides(Page page) throws ParseException {
        Answer started = pump.start("dora", "Pump 4");
        page.navigate(REALM.linkOf(started).toString());
        assertThat(page.locator("main").innerText()).contains("Pump 4");
        assertThat(page.locator("form").count()).isZero();

        Policies.awaitTheNextSecond();
        assertThat(pump.status(started.authReqId()).text("opened_by"))
                .isEqualTo("person_or_scanner");
        page.click("#ciba-sign-in");
        Policies.signIn(page, "dora");
        page.waitForSelector("button[value=approve]");
        assertThat(statusWhenDue(started).text("opened_by")).isEqualTo("user");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JWTClaimsSet claims = IdTokenVerifier.of(pump).verify(tokens.text("id_token"));
        assertThat(claims.getSubject()).isEqualTo(REALM.userId("dora"));
        assertThat(claims.getStringClaim("acr")).isEqualTo("silver");
        assertThat(claims.getDateClaim("auth_time").toInstant()).isBeforeOrEqualTo(Instant.now());
        assertThat(REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN"))
                .anySatisfy(
                        event -> {
                            assertThat(event.at("/details/auth_req_id").asText())
                                    .isEqualTo(started.authReqId());
                            assertThat(event.at("/details/approval_mode").asText())
                                    .isEqualTo("login");
                        });
    }

    @Test
    @BrowserTest
    void tokenThatWhoeverHasTheLinkCanMakeDecidesNothing(Page page) throws Exception {
        Answer started = pump.start("ida", "Pump 4");
        URI link = REALM.linkOf(started);
        page.navigate(link.toString());
        Policies.awaitTheNextSecond();
        page.click("#ciba-sign-in");
        Policies.signIn(page, "ida");
        page.waitForSelector("button[value=approve]");

        page.evaluate(
                "token => document.getElementsByName('page_token').forEach(field => field.value ="
                        + " token)",
                PageTokenIT.tokenOfWhoeverHas(link));
        PersonAtThePage.press(page, "button[value=approve]");

        page.waitForSelector(".ciba-result-refused");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    @BrowserTest
    void ticketStandsInNoEventOfTheLogin(Page page) {
        Answer started = pump.start("emil", "Pump 4");
        URI link = REALM.linkOf(started);
        page.navigate(link.toString());
        page.click("#ciba-sign-in");
        Policies.signIn(page, "emil");
        page.waitForSelector("button[value=approve]");

        String ticket = link.getPath().substring(link.getPath().lastIndexOf('/') + 1);
        assertThat(page.url()).isEqualTo(link.toString());
        assertThat(REALM.admin().events(REALM.name(), "LOGIN").toString())
                .contains("ciba/signed-in")
                .doesNotContain(ticket);
    }

    @Test
    @BrowserTest
    void somebodyElseIsToldSoAndDecidesNothing(Page page) {
        Answer started = pump.start("fay", "Pump 4");
        page.navigate(REALM.linkOf(started).toString());

        page.click("#ciba-sign-in");
        Policies.signIn(page, "gus");

        assertThat(page.locator("h1").textContent()).contains("signed in as somebody else");
        assertThat(page.locator("form").count()).isZero();
        assertThat(page.content()).doesNotContain("Pump 4");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    @BrowserTest
    void levelOfAnyLoginNeedsNoStepUpFlow(Page page) throws ParseException {
        RelyingParty other = REALM.gasPumpPost();
        Answer started =
                other.start(
                        Form.of("scope", "openid", "login_hint", "hal", "acr_values", "silver"));
        page.navigate(REALM.linkOf(started).toString());
        Policies.awaitTheNextSecond();
        page.click("#ciba-sign-in");
        Policies.signIn(page, "hal");
        PersonAtThePage.press(page, "button[value=approve]");
        page.waitForSelector(".ciba-result-approved");

        JWTClaimsSet claims =
                IdTokenVerifier.of(other).verify(other.poll(started.authReqId()).text("id_token"));
        assertThat(claims.getStringClaim("acr")).isEqualTo("silver");
    }

    @Test
    void linkApprovalSaysThatItWasNoMoreThanThat() throws ParseException {
        RelyingParty other = REALM.gasPumpPost();
        Answer started = other.start("alice", "Pump 5");
        ApprovalForm.decide(REALM.linkOf(started), "approve");

        JWTClaimsSet claims =
                IdTokenVerifier.of(other).verify(other.poll(started.authReqId()).text("id_token"));

        assertThat(claims.getStringClaim("acr")).isEqualTo("0");
    }

    private Answer statusWhenDue(Answer started) {
        return Awaitility.await("an answer in time")
                .until(() -> pump.status(started.authReqId()), answer -> answer.status() == 200);
    }

    @Test
    void returnWithoutItsCookieLeadsToTheListAndNowhereElse() {
        Answer page =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(
                                        REALM.url("/ciba/signed-in?state=0123456789abcdef01234567"))
                                .build());
        Answer evil =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(
                                        REALM.url("/ciba/signed-in?state=0123456789abcdef01234567"))
                                .header(
                                        "Cookie",
                                        "CIBA_RETURN_0123456789abcdef01234567=//evil.example/")
                                .build());

        for (Answer answer : List.of(page, evil)) {
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo(REALM.url("/ciba/requests").toString());
        }
    }
}
