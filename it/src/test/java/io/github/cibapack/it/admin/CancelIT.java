// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An admin sees what is pending and ends it. */
class CancelIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(CancelIT::prepare);

    @RegisterExtension
    static final RealmFixture HIDING =
            RealmFixture.fresh().with(realm -> realm.attribute("ciba.hide-users", "true"));

    private static void prepare(RealmDocument realm) {
        for (String user :
                List.of("lister", "ended", "racer", "keycloaks", "decider", "closed", "german")) {
            realm.addUser(user);
        }
        realm.user("german").withObjectProperty("attributes").withArrayProperty("locale").add("de");
    }

    private final AdminCalls admin = AdminCalls.in(REALM);

    @Test
    void pendingRequestsOfAUserAreListedUntilTheyAreDecided() {
        Answer first = REALM.gasPump().start("lister", "Pump 1");
        Answer second = REALM.gasPumpPost().start("lister", "Pump 2");
        assertThat(admin.pendingOf("lister"))
                .containsExactlyInAnyOrder(first.authReqId(), second.authReqId());

        JsonNode shown =
                AdminCalls.stream(admin.get("users/" + REALM.userId("lister") + "/requests").json())
                        .filter(one -> one.path("authReqId").asText().equals(first.authReqId()))
                        .findFirst()
                        .orElseThrow();
        assertThat(shown.path("state").asText()).isEqualTo("pending");
        assertThat(shown.path("client").asText()).isEqualTo("gas-pump");
        assertThat(shown.path("username").asText()).isEqualTo("lister");
        assertThat(shown.path("bindingMessage").asText()).isEqualTo("Pump 1");
        assertThat(shown.path("scope").asText()).contains("openid");
        assertThat(shown.path("expiresAt").asLong() - shown.path("createdAt").asLong())
                .isEqualTo(120_000);
        assertThat(shown.path("createdAt").asLong())
                .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 5_000);

        ApprovalForm.decide(REALM.linkOf(first), "approve");
        assertThat(admin.pendingOf("lister")).containsExactly(second.authReqId());
        JsonNode decided = admin.get("requests/" + first.authReqId()).json();
        assertThat(decided.path("state").asText()).isEqualTo("approved");
        assertThat(decided.path("decision").asText()).isEqualTo("approved");
        assertThat(decided.path("decidedAt").asLong())
                .isGreaterThanOrEqualTo(shown.path("createdAt").asLong());

        assertThat(REALM.gasPump().poll(first.authReqId()).status()).isEqualTo(200);
        assertThat(admin.get("requests/" + first.authReqId()).status()).isEqualTo(404);
    }

    @Test
    void cancelledRequestPollsAsDeniedAndItsPageSaysWhoEndedIt() {
        Answer started = REALM.gasPump().start("ended", "Pump 4");
        URI link = REALM.linkOf(started);

        Answer cancelled = admin.post("requests/" + started.authReqId() + "/cancel");

        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(204);
        Answer poll = REALM.gasPump().poll(started.authReqId());
        assertThat(poll.error()).isEqualTo("access_denied");
        assertThat(poll.errorDescription()).contains("The authorization request has been denied.");
        assertThat(page(link))
                .contains("This request was cancelled", "An administrator of")
                .doesNotContain("id=\"ciba-form\"");
        assertThat(admin.pendingOf("ended")).isEmpty();
        JsonNode shown = admin.get("requests/" + started.authReqId()).json();
        assertThat(shown.path("state").asText()).isEqualTo("denied");
        assertThat(shown.path("decision").asText()).isEqualTo("cancelled");
    }

    @Test
    void cancellingLeavesAnEventOfTheRequestAndAnAdminEvent() {
        Answer started = REALM.gasPump().start("ended", "Pump 5");
        REALM.linkOf(started);
        admin.awaitStep(started.authReqId(), "sent");

        admin.post("requests/" + started.authReqId() + "/cancel");

        assertThat(admin.stepsOf(started.authReqId()))
                .containsExactly("requested", "sent", "cancelled");
        JsonNode event =
                AdminCalls.stream(
                                admin.get("requests/" + started.authReqId() + "/history")
                                        .json()
                                        .path("events"))
                        .reduce((before, last) -> last)
                        .orElseThrow();
        assertThat(event.path("type").asText()).isEqualTo("AUTHREQID_TO_TOKEN_ERROR");
        assertThat(event.path("error").asText()).isEqualTo("cancelled");
        assertThat(event.path("client").asText()).isEqualTo("gas-pump");
        assertThat(event.path("userId").asText()).isEqualTo(REALM.userId("ended"));
        JsonNode details = event.path("details");
        assertThat(details.path("decision").asText()).isEqualTo("cancelled");
        assertThat(details.path("ciba_result").asText()).isEqualTo("CIBA Authentication Failed");
        assertThat(details.path("binding_message").asText()).isEqualTo("Pump 5");
        assertThat(admin.adminEvents("CIBA_REQUEST"))
                .anySatisfy(
                        change -> {
                            assertThat(change.path("operationType").asText()).isEqualTo("ACTION");
                            assertThat(change.path("resourcePath").asText())
                                    .isEqualTo("ciba/requests/" + started.authReqId() + "/cancel");
                        });
    }

    @Test
    void secondCancellationFindsNothingToDo() {
        Answer started = REALM.gasPump().start("ended", "Pump 6");
        String path = "requests/" + started.authReqId() + "/cancel";
        admin.post(path);

        Answer again = admin.post(path);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("error").asText()).isEqualTo("not_pending");
        assertThat(again.json().path("errorMessage").asText()).contains("decided or over");
    }

    @Test
    void decidedRequestCannotBeCancelled() {
        Answer started = REALM.gasPump().start("decider", "Pump 7");
        ApprovalForm.decide(REALM.linkOf(started), "approve");

        assertThat(admin.post("requests/" + started.authReqId() + "/cancel").status())
                .isEqualTo(409);
        assertThat(REALM.gasPump().poll(started.authReqId()).status()).isEqualTo(200);
        assertThat(admin.post("requests/" + started.authReqId() + "/cancel").status())
                .isEqualTo(404);
    }

    @Test
    void clickAfterTheCancellationChangesNothing() {
        Answer started = REALM.gasPump().start("closed", "Pump 8");
        URI link = REALM.linkOf(started);
        ApprovalForm page = ApprovalForm.open(link);
        admin.post("requests/" + started.authReqId() + "/cancel");

        Answer click = page.press("decision", "approve");

        assertThat(click.body()).contains("This request was cancelled");
        assertThat(REALM.gasPump().poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    @Test
    void requestThatStandsInForNobodyIsNobodysToSee() {
        Answer started = HIDING.gasPump().start("nobody-at-all", "Pump 12");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        AdminCalls hiding = AdminCalls.in(HIDING);

        assertThat(hiding.get("requests/" + started.authReqId()).status()).isEqualTo(404);
        assertThat(hiding.post("requests/" + started.authReqId() + "/cancel").status())
                .isEqualTo(404);
        assertThat(hiding.stepsOf(started.authReqId())).containsExactly("refused");
        assertThat(HIDING.gasPump().poll(started.authReqId()).isUndecided()).isTrue();
    }

    @Test
    void cancellationsAreCounted() {
        Answer started = HIDING.gasPump().start("alice", "Pump 13");
        double before = cancelledInMetrics();

        AdminCalls.in(HIDING).post("requests/" + started.authReqId() + "/cancel");

        assertThat(cancelledInMetrics()).isEqualTo(before + 1);
    }

    private static double cancelledInMetrics() {
        return Metrics.of(HIDING.server())
                .value(
                        "ciba_requests_total",
                        "outcome=\"cancelled\"",
                        "realm=\"" + HIDING.name() + '"');
    }

    @Test
    void pageSpeaksTheUsersLanguage() {
        Answer started = REALM.gasPump().start("german", "Pump 9");
        URI link = REALM.linkOf(started);
        admin.post("requests/" + started.authReqId() + "/cancel");

        assertThat(page(link)).contains("Diese Anfrage wurde abgebrochen");
    }

    @Test
    void requestOfKeycloaksOwnEndpointIsCancelledAsWell() {
        Answer started =
                REALM.gasPump()
                        .atKeycloakEndpoints()
                        .start(
                                Form.of(
                                        "scope", "openid",
                                        "login_hint", "keycloaks",
                                        "binding_message", "Pump10"));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        List<String> pending = admin.pendingOf("keycloaks");
        assertThat(pending).hasSize(1);

        assertThat(admin.post("requests/" + pending.get(0) + "/cancel").status()).isEqualTo(204);

        assertThat(REALM.gasPump().atKeycloakEndpoints().poll(started.authReqId()).error())
                .isEqualTo("access_denied");
    }

    /** One of the two wins, and page, poll and both answers agree on which. */
    @RepeatedTest(10)
    void eitherTheAdminOrTheUserWins() throws Exception {
        Answer started = REALM.gasPump().start("racer", "Pump 11");
        URI link = REALM.linkOf(started);
        ApprovalForm page = ApprovalForm.open(link);

        List<Answer> answers =
                atOnce(
                        () -> page.press("decision", "approve"),
                        () -> admin.post("requests/" + started.authReqId() + "/cancel"));

        boolean cancelled = answers.get(1).status() == 204;
        assertThat(answers.get(1).status()).isIn(204, 409);
        assertThat(page(link)).contains(cancelled ? "This request was cancelled" : "Approved");
        Answer poll = REALM.gasPump().poll(started.authReqId());
        assertThat(poll.status()).as(poll.body()).isEqualTo(cancelled ? 400 : 200);
        assertThat(admin.stepsOf(started.authReqId()))
                .filteredOn(step -> step.equals("cancelled") || step.equals("approved"))
                .containsExactly(cancelled ? "cancelled" : "approved");
    }

    private static List<Answer> atOnce(Callable<Answer> one, Callable<Answer> other)
            throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Answer> first = threads.submit(after(barrier, one));
            Future<Answer> second = threads.submit(after(barrier, other));
            return List.of(first.get(), second.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Answer> after(CyclicBarrier barrier, Callable<Answer> call) {
        return () -> {
            barrier.await();
            return call.call();
        };
    }

    private static String page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }
}
