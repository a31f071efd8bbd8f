// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.suite.AtOnce;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What a relying party does with its request, where the next call may reach the other node. */
interface FollowUps {
    String CLIENT = "follow-ups";
    String STEPS = "follow-ups-in-steps";
    int CALLS = 6;
    Duration MARKED = Duration.ofSeconds(2);

    Cluster cluster();

    static void prepare(RealmDocument realm) {
        LimitsOverNodes.limit(realm, CLIENT, "total", "50");
        realm.addClient(CLIENT, CLIENT + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.notification-policy", CLIENT);
        realm.component(
                "ciba-policy",
                "name",
                STEPS,
                "channels",
                "inbox,email",
                "channelDelays",
                "email=3");
        realm.addClient(STEPS, STEPS + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.notification-policy", CLIENT)
                .put("ciba.policies", STEPS);
        List.of("repeated", "taker", "waiter").forEach(realm::addUser);
    }

    @RepeatedTest(TwoNodesTests.ROUNDS)
    default void ofACancellationAndADecisionOnTheOtherNodeOneCounts() throws Exception {
        RelyingParty pump = cluster().relyingParty(0, CLIENT);
        Answer started = pump.start("taker", "taken back");
        URI link = cluster().linkAt(1, started);
        ApprovalForm page = ApprovalForm.open(link);

        List<Answer> answers =
                AtOnce.run(
                        List.of(
                                () -> page.press("decision", "approve"),
                                () -> pump.cancel(started.authReqId())));

        Answer again = pump.cancel(started.authReqId());
        boolean cancelled = again.status() == 200;
        assertThat(again.status()).as(again.body()).isIn(200, 409);
        assertThat(answers.get(1).status()).isIn(cancelled ? 200 : 409, 503);
        assertThat(ApprovalForm.decide(link, "deny").body())
                .contains(cancelled ? "took this request back" : "ciba-result-approved");
        Answer poll = cluster().relyingParty(1, CLIENT).poll(started.authReqId());
        assertThat(poll.status()).as(poll.body()).isEqualTo(cancelled ? 400 : 200);
        assertThat(Trail.of(cluster().admin(), cluster().realm(), started).steps())
                .filteredOn(step -> List.of("approved", "cancelled_by_client").contains(step))
                .containsExactly(cancelled ? "cancelled_by_client" : "approved");
    }

    @Test
    default void statusIsTheSameOnBothNodes() {
        Answer started = cluster().relyingParty(0, CLIENT).start("taker", "where it stands");
        URI link = cluster().linkAt(1, started);
        RelyingParty other = cluster().relyingParty(1, CLIENT);
        await().until(() -> other.status(started.authReqId()).text("channel").equals("email"));

        assertThat(cluster().relyingParty(0, CLIENT).status(started.authReqId()).error())
                .isEqualTo("slow_down");
        ApprovalForm.decide(link, "deny");

        assertThat(other.status(started.authReqId()).text("status")).isEqualTo("decided");
    }

    @RepeatedTest(TwoNodesTests.ROUNDS)
    default void startsUnderOneIdempotencyKeyAskOnce(RepetitionInfo round) throws Exception {
        String key = "one-mail-only-" + round.getCurrentRepetition();
        Form form = Form.of("scope", "openid", "login_hint", "repeated", "binding_message", key);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            RelyingParty client = cluster().relyingParty(i % Cluster.NODES, CLIENT);
            calls.add(() -> client.startOnce(key, form));
        }

        List<Answer> answers = AtOnce.run(calls);

        List<String> ids =
                answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .map(Answer::authReqId)
                        .distinct()
                        .toList();
        assertThat(ids).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.status() == 409);
        for (int node = 0; node < Cluster.NODES; node++) {
            assertThat(cluster().relyingParty(node, CLIENT).startOnce(key, form).authReqId())
                    .isEqualTo(ids.get(0));
        }
        cluster().mailbox().awaitMailFor(ids.get(0));
        assertThat(cluster().mailbox().all()).filteredOn(mail -> mail.mentions(key)).hasSize(1);
    }

    @Test
    default void stepOfANodeSeesWhatHasHappenedOnTheOther() {
        RelyingParty client = cluster().relyingParty(0, STEPS);
        Answer cancelled = client.start("taker", "taken back on the other node").accepted();
        assertThat(cluster().relyingParty(1, STEPS).cancel(cancelled.authReqId()).status())
                .isEqualTo(200);
        Answer pending = client.start("taker", "still asked").accepted();

        URI link = cluster().linkAt(1, pending);

        assertThat(cluster().mailbox().all())
                .noneMatch(mail -> mail.mentions(cancelled.authReqId()));
        ApprovalForm.decide(link, "approve");
        assertThat(cluster().relyingParty(1, STEPS).poll(pending.authReqId()).status())
                .isEqualTo(200);
    }

    @Test
    default void linkOfACallIsGoodOnTheOtherNode() {
        Answer started =
                cluster().relyingParty(0, Cluster.CALLING).start("taker", "calls").accepted();
        URI link = cluster().receiver().awaitCallOf(started).link();

        ApprovalForm.decide(cluster().node(1).url(link.getRawPath()), "approve");

        assertThat(cluster().relyingParty(1, Cluster.CALLING).poll(started.authReqId()).status())
                .isEqualTo(200);
        assertThat(cluster().receiver().callsOf(started)).hasSize(1);
    }

    /** Sooner than they would find out by themselves, which they look for every five seconds. */
    @Test
    default void pollsThatWaitOnOneNodeAreAnsweredWhenTheOtherOneDecides() throws Exception {
        RelyingParty waiting = cluster().relyingParty(0, CLIENT);
        List<Answer> started = new ArrayList<>();
        List<ApprovalForm> pages = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            started.add(waiting.start("waiter", "waits " + i).accepted());
            pages.add(ApprovalForm.open(cluster().linkAt(1, started.get(i))));
        }
        ExecutorService threads = Executors.newFixedThreadPool(CALLS);
        List<Future<Answer>> polls =
                started.stream()
                        .map(request -> threads.submit(() -> longPoll(waiting, request)))
                        .toList();
        await("all wait")
                .until(() -> Metrics.of(cluster().node(0)).gauge("ciba_polls_waiting") >= CALLS);
        threads.shutdown();

        for (int i = 0; i < CALLS; i++) {
            pages.get(i).press("decision", "approve");
            Answer answer = polls.get(i).get(MARKED.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    private static Answer longPoll(RelyingParty party, Answer request) throws Exception {
        return party.send(
                party.tokenEndpoint(),
                Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", request.authReqId()),
                "Prefer",
                "wait=25");
    }
}
