// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The approval page over HTTP: its states and headers, and which decisions count. */
class ApprovalPageIT {

    private static final String STRICT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors"
                    + " 'none'";

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @EnumSource
    void eachStateHasItsStatusItsOneHeadingAndTheStrictHeaders(PageState state) {
        Answer page = PageStates.of(REALM).answer(state);

        assertThat(page.status()).isEqualTo(state.status());
        assertThat(page.body()).containsOnlyOnce("<h1").contains(">" + state.heading() + "</h1>");
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .containsExactly(STRICT_POLICY);
        assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(page.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(page.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(page.headers().allValues("X-Robots-Tag")).containsExactly("none");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheUndecidedPageOffersADecision(PageState state) {
        Answer page = PageStates.of(REALM).answer(state);

        assertThat(page.body().contains("name=\"decision\""))
                .isEqualTo(state == PageState.UNDECIDED);
    }

    @Test
    void undecidedPageShowsWhoAsksForWhatWhenAndNotTheAddressOfTheServerThatCalls() {
        String page = PageStates.of(REALM).answer(PageState.UNDECIDED).body();

        assertThat(page)
                .contains(
                        "Self-service pump of a petrol station",
                        OpenRequest.BINDING_MESSAGE,
                        "is asking for access to your account at CIBA Demo.",
                        " UTC",
                        "Approve only if you started this yourself.");
        assertThat(page).doesNotContainPattern("dir=\"ltr\">\\d+(\\.\\d+){3}<");
        assertThat(page).containsPattern("data-seconds-left=\"1(1\\d|20)\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%00", "%2e%2e", "%F0%9F%98%80", "${7*7}", "<b>", "a%0Ab"})
    void strangeTicketsAreUnknownTickets(String ticket) {
        URI strange =
                REALM.url(
                        "/ciba/approve/"
                                + ticket.replace("{", "%7B")
                                        .replace("}", "%7D")
                                        .replace("<", "%3C")
                                        .replace(">", "%3E"));

        Answer page = OpenRequest.visit("GET", strange);

        assertThat(page.status()).as(page.body()).isBetween(400, 404);
        assertThat(page.body()).doesNotContain("49", "<b>", "Exception");
    }

    @Test
    void ticketOfTheRequestThatWasDecidedShowsTheDecisionAsOftenAsItIsOpened() {
        OpenRequest request = OpenRequest.in(REALM);
        request.decide("approve");

        for (int i = 0; i < 2; i++) {
            Answer page = request.open();
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("You approved the request from Gas Pump.");
        }
        assertThat(request.result().status()).isEqualTo(200);
        assertThat(request.open().body()).as("redeemed").contains("You approved the request");
    }

    @Test
    void secondDecisionChangesNothing() {
        OpenRequest approved = OpenRequest.in(REALM);
        OpenRequest denied = OpenRequest.in(REALM);
        ApprovalForm opened = ApprovalForm.open(approved.link());
        ApprovalForm alsoOpened = ApprovalForm.open(denied.link());
        opened.press("decision", "approve");
        alsoOpened.press("decision", "deny");

        Answer denialAfterApproval = opened.press("decision", "deny");
        Answer approvalAfterDenial = alsoOpened.press("decision", "approve");

        assertThat(denialAfterApproval.status()).isEqualTo(200);
        assertThat(denialAfterApproval.body()).contains("You approved the request");
        assertThat(approvalAfterDenial.status()).isEqualTo(200);
        assertThat(approvalAfterDenial.body()).contains("You denied the request");
        assertThat(approved.result().text("id_token")).isNotEmpty();
        assertThat(denied.result().error()).isEqualTo("access_denied");
    }

    @Test
    void sameDecisionTwiceCountsOnce() {
        OpenRequest request = OpenRequest.in(REALM);
        ApprovalForm opened = ApprovalForm.open(request.link());

        opened.press("decision", "approve");
        Answer again = opened.press("decision", "approve");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).contains("You approved the request");
        assertThat(request.result().text("id_token")).isNotEmpty();
        assertThat(
                        REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN").stream()
                                .filter(
                                        event ->
                                                event.path("details")
                                                        .path("auth_req_id")
                                                        .asText()
                                                        .equals(request.started().authReqId()))
                                .filter(
                                        event ->
                                                event.path("details")
                                                        .path("ciba_event")
                                                        .asText()
                                                        .equals("approved")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none",
        "Sec-Fetch-Site, SAME-ORIGIN",
        "Origin, null",
        "Origin, http://evil.example",
        "Origin, https://127.0.0.1",
        "Referer, http://evil.example/",
        "X-Nothing, at-all"
    })
    void decisionThatDoesNotComeFromThePageIsRefused(String header, String value) {
        OpenRequest request = OpenRequest.in(REALM);

        Answer refused = request.post("decision=approve", header, value);

        assertRefusedAndPending(refused, request);
    }

    @Test
    void crossSiteDecisionIsRefusedThoughItsOriginLooksRight() {
        OpenRequest request = OpenRequest.in(REALM);

        Answer refused =
                request.post(
                        "decision=approve", "Sec-Fetch-Site", "cross-site", "Origin", ownOrigin());

        assertRefusedAndPending(refused, request);
    }

    @Test
    void browserThatSendsNoFetchMetadataDecidesWithItsOrigin() {
        OpenRequest request = OpenRequest.in(REALM);

        Answer page = request.post("decision=deny", "Origin", ownOrigin());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("You denied the request from Gas Pump.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "decision=",
                "decision=maybe",
                "decision=APPROVE",
                "decision=approve%20",
                "Decision=approve",
                "approve=approve",
                "decision=approve&decision=deny",
                "decision=deny&decision=approve",
                "decision=approve&decision=approve"
            })
    void formThatDoesNotSayOneDecisionDecidesNothing(String form) {
        OpenRequest request = OpenRequest.in(REALM);

        Answer refused = request.post(form, "Sec-Fetch-Site", "same-origin");

        assertRefusedAndPending(refused, request);
    }

    @ParameterizedTest
    @CsvSource({"application/json, '{\"decision\":\"approve\"}'", "text/plain, decision=approve"})
    void anythingButTheFormsOwnTypeDecidesNothing(String contentType, String body) {
        OpenRequest request = OpenRequest.in(REALM);

        Answer refused =
                OpenRequest.send(
                        "POST",
                        request.link(),
                        BodyPublishers.ofString(body),
                        "Content-Type",
                        contentType,
                        "Sec-Fetch-Site",
                        "same-origin");

        assertRefusedAndPending(refused, request);
    }

    @Test
    void bodyOfManyPartsIsNotReadAndDecidesNothing() {
        OpenRequest request = OpenRequest.in(REALM);

        Answer refused =
                OpenRequest.send(
                        "POST",
                        request.link(),
                        BodyPublishers.ofString(
                                "--x\r\nContent-Disposition: form-data; name=\"decision\""
                                        + "\r\n\r\napprove\r\n--x--\r\n"),
                        "Content-Type",
                        "multipart/form-data; boundary=x",
                        "Sec-Fetch-Site",
                        "same-origin");

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(request.isPending()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsDecideNothing(String method) {
        OpenRequest request = OpenRequest.in(REALM);

        Answer refused =
                OpenRequest.send(
                        method,
                        request.link(),
                        BodyPublishers.ofString("decision=approve"),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site",
                        "same-origin");

        assertThat(refused.status()).isBetween(400, 499);
        assertThat(request.isPending()).isTrue();
    }

    @Test
    @Tag("CIBA-Core-7.3")
    void requestIdOpensNoPage() {
        OpenRequest request = OpenRequest.in(REALM);

        Answer page =
                OpenRequest.visit(
                        "GET", REALM.url("/ciba/approve/" + request.started().authReqId()));

        assertThat(page.status()).isEqualTo(404);
    }

    private static void assertRefusedAndPending(Answer refused, OpenRequest request) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains(PageState.REFUSED.heading());
        assertThat(request.isPending()).isTrue();
        assertThat(request.open().body()).as("still open").contains("id=\"ciba-form\"");
    }

    private static String ownOrigin() {
        return REALM.server().baseUrl().toString();
    }
}
