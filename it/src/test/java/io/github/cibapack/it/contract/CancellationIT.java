// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.suite.AtOnce;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relying party takes its request back. */
class CancellationIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(CancellationIT::prepare);

    @RegisterExtension
    static final RealmFixture HIDING =
            RealmFixture.fresh().with(realm -> realm.attribute("ciba.hide-users", "true"));

    private static void prepare(RealmDocument realm) {
        realm.addUser("racer");
        realm.addUser("walker");
        realm.addUser("german");
        realm.user("german").withObjectProperty("attributes").withArrayProperty("locale").add("de");
    }

    private final RelyingParty pump = REALM.gasPump();

    @Test
    void requestThatIsTakenBackPollsAsDeniedAndItsPageSaysWhoEndedIt() {
        Answer started = pump.start("walker", "Pump 1");
        URI link = REALM.linkOf(started);
        ApprovalForm open = ApprovalForm.open(link);

        Answer cancelled = pump.cancel(started.authReqId());

        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        assertThat(cancelled.header("Cache-Control")).isEqualTo("no-store");
        Answer poll = pump.poll(started.authReqId());
        assertThat(poll.error()).isEqualTo("access_denied");
        assertThat(poll.errorDescription()).contains("The authorization request has been denied.");
        assertThat(page(link))
                .contains("The application took this request back")
                .doesNotContain("id=\"ciba-form\"");
        assertThat(open.press("decision", "approve").body())
                .contains("The application took this request back");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void pageSpeaksTheUsersLanguage() {
        Answer started = pump.start("german", "Pump 2");
        URI link = REALM.linkOf(started);
        pump.cancel(started.authReqId());

        assertThat(page(link)).contains("Die Anwendung hat diese Anfrage zurückgezogen");
    }

    @Test
    void secondCancellationGetsTheAnswerOfTheFirstAndOneEventTells() {
        Answer started = pump.start("walker", "Pump 3");
        double before = counted();

        List<Answer> answers =
                List.of(pump.cancel(started.authReqId()), pump.cancel(started.authReqId()));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers.get(1).body()).isEqualTo(answers.get(0).body());
        assertThat(counted()).isEqualTo(before + 1);
        Trail trail = Trail.of(REALM, started);
        assertThat(trail.steps()).containsOnlyOnce("cancelled_by_client");
        JsonNode event = trail.await("cancelled_by_client");
        assertThat(event.path("type").asText()).isEqualTo("AUTHREQID_TO_TOKEN_ERROR");
        assertThat(event.path("clientId").asText()).isEqualTo("gas-pump");
        JsonNode details = event.path("details");
        assertThat(details.path("decision").asText()).isEqualTo("cancelled_by_client");
        assertThat(details.path("ciba_result").asText()).isEqualTo("CIBA Authentication Failed");
        assertThat(details.path("binding_message").asText()).isEqualTo("Pump 3");
    }

    @Test
    void decidedRequestStaysAsItWasDecided() {
        Answer approved = pump.start("walker", "Pump 4");
        ApprovalForm.decide(REALM.linkOf(approved), "approve");
        Answer denied = pump.start("walker", "Pump 5");
        ApprovalForm.decide(REALM.linkOf(denied), "deny");

        for (Answer started : List.of(approved, denied)) {
            Answer answer = pump.cancel(started.authReqId());
            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.error()).isEqualTo("already_decided");
        }
        assertThat(pump.poll(approved.authReqId()).status()).isEqualTo(200);
        assertThat(pump.poll(denied.authReqId()).error()).isEqualTo("access_denied");
        assertUnknown(pump.cancel(approved.authReqId()));
    }

    @Test
    @Clause("11-3")
    void foreignUnknownAndOtherEndpointsRequestsAreAllUnknown() {
        Answer started = pump.start("walker", "Pump 6");
        Answer keycloaks =
                pump.atKeycloakEndpoints()
                        .start(
                                Form.of(
                                        "scope",
                                        "openid",
                                        "login_hint",
                                        "walker",
                                        "binding_message",
                                        "Pump7"));

        assertUnknown(REALM.gasPumpPost().cancel(started.authReqId()));
        assertUnknown(pump.cancel(UUID.randomUUID().toString()));
        assertUnknown(pump.cancel("no id at all"));
        assertUnknown(pump.cancel(keycloaks.accepted().authReqId()));
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    private static void assertUnknown(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_grant");
        assertThat(answer.errorDescription())
                .startsWith("The auth_req_id is not valid or has been used.");
    }

    @Test
    void whoDoesNotAuthenticateEndsNothing() {
        Answer started = pump.start("walker", "Pump 8");

        for (RelyingParty caller : List.of(pump.withSecret("wrong"), pump.withoutSecret())) {
            Answer refused = caller.cancel(started.authReqId());
            assertThat(refused.status()).as(refused.body()).isEqualTo(401);
            assertThat(refused.error()).isEqualTo("invalid_client");
        }
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    void callThatIsNotSoundIsRefusedByItsFault() {
        URI cancel = REALM.url("/as/cancel");
        Answer twice = pump.send(cancel, Form.of("auth_req_id", "a", "auth_req_id", "b"));
        Answer none = pump.send(cancel, Form.of("auth_req_id", ""));
        Answer json =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(cancel)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build());

        for (Answer answer : List.of(twice, none, json)) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_request");
            assertThat(answer.errorDescription()).contains("(Correlation ID: ");
        }
        assertThat(none.errorDescription()).startsWith("The auth_req_id parameter is required.");
    }

    @Test
    void requestOfAHiddenUserIsTakenBackLikeAnyOther() {
        RelyingParty hiding = HIDING.gasPump();
        Answer nobody = hiding.start("nobody-at-all", "Pump 9");
        Answer somebody = hiding.start("alice", "Pump 9");

        Answer ofNobody = hiding.cancel(nobody.authReqId());

        assertThat(ofNobody.body()).isEqualTo(hiding.cancel(somebody.authReqId()).body());
        assertThat(hiding.poll(nobody.authReqId()).error()).isEqualTo("access_denied");
        assertThat(hiding.poll(somebody.authReqId()).error()).isEqualTo("access_denied");
    }

    /** One of the two wins, and page, poll and both answers agree on which. */
    @RepeatedTest(50)
    void eitherTheClientOrTheUserWins() throws Exception {
        Answer started = pump.start("racer", "Pump 10");
        URI link = REALM.linkOf(started);
        ApprovalForm form = ApprovalForm.open(link);

        List<Answer> answers =
                AtOnce.run(
                        List.of(
                                () -> form.press("decision", "approve"),
                                () -> pump.cancel(started.authReqId())));

        Answer again = pump.cancel(started.authReqId());
        assertThat(again.status()).as(again.body()).isIn(200, 409);
        boolean cancelled = again.status() == 200;
        assertThat(answers.get(1).status()).isIn(again.status(), 503);
        assertThat(page(link)).contains(cancelled ? "took this request back" : "Approved");
        Answer poll = pump.poll(started.authReqId());
        assertThat(poll.status()).as(poll.body()).isEqualTo(cancelled ? 400 : 200);
        assertThat(Trail.of(REALM, started).steps())
                .filteredOn(step -> List.of("cancelled_by_client", "approved").contains(step))
                .containsExactly(cancelled ? "cancelled_by_client" : "approved");
    }

    @Test
    void cancellationsAtOnceAllSucceedAndOneEventTells() throws Exception {
        Answer started = pump.start("racer", "Pump 11");

        List<Answer> answers =
                AtOnce.run(Collections.nCopies(10, () -> pump.cancel(started.authReqId())));

        assertThat(answers).extracting(Answer::status).contains(200).isSubsetOf(200, 503);
        assertThat(pump.cancel(started.authReqId()).status()).isEqualTo(200);
        assertThat(Trail.of(REALM, started).steps()).containsOnlyOnce("cancelled_by_client");
    }

    private static double counted() {
        return Metrics.of(REALM.server())
                .value(
                        "ciba_requests_total",
                        "outcome=\"cancelled_by_client\"",
                        "realm=\"" + REALM.name() + '"');
    }

    private static String page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }
}
