// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.suite.OwnServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** One node after the other is replaced while relying parties and users go on. */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "needs PostgreSQL's binaries: ./mvnw -Pcluster")
@ResourceLock("ports of a cluster")
@OwnServer
class RollingRestartIT {
    private static final int CALLERS = 3;
    private static final int KEPT = 40;
    private static final int BETWEEN = 10;
    private static final Duration SOON = Duration.ofMinutes(1);

    @RegisterExtension static final Cluster CLUSTER = new Cluster(RollingRestartIT::prepare);

    private final Rotation rotation = new Rotation();
    private final AtomicInteger redeemed = new AtomicInteger();

    /** What a load balancer does: a node gets no further calls before it is stopped. */
    private static final class Rotation {
        private final List<AtomicInteger> underWay =
                IntStream.range(0, Cluster.NODES).mapToObj(i -> new AtomicInteger()).toList();
        private final AtomicInteger turn = new AtomicInteger();
        private volatile int out = -1;

        Answer call(IntFunction<Answer> at) {
            int node = enter();
            try {
                return at.apply(node);
            } finally {
                underWay.get(node).decrementAndGet();
            }
        }

        private synchronized int enter() {
            int next = turn.getAndIncrement() % Cluster.NODES;
            int node = next == out ? (next + 1) % Cluster.NODES : next;
            underWay.get(node).incrementAndGet();
            return node;
        }

        synchronized void takeOut(int node) {
            out = node;
        }

        void awaitIdle(int node) {
            await().atMost(SOON).until(() -> underWay.get(node).get() == 0);
        }

        synchronized void takeIn() {
            out = -1;
        }
    }

    private static void prepare(RealmDocument realm) {
        realm.liftLimits();
        IntStream.range(0, KEPT).forEach(i -> realm.addUser("user-" + i));
    }

    @Test
    void allRequestsEndAsTheirUsersHaveDecided() throws Exception {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            String user = "user-" + i;
            kept.add(rotation.call(node -> pump(node).start(user, "kept")).accepted().authReqId());
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String user = "user-" + i;
                callers.add(
                        threads.submit(
                                () -> {
                                    while (!stop.get()) {
                                        wholeRequest(user);
                                    }
                                }));
            }
            goOn(callers);
            replace(0, threads);
            goOn(callers);
            kept.subList(0, KEPT / 2).forEach(this::approve);
            replace(1, threads);
            goOn(callers);
            stop.set(true);
            for (Future<?> caller : callers) {
                caller.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(kept.subList(0, KEPT / 2)).allSatisfy(this::isRedeemedOnce);
        assertThat(kept.subList(KEPT / 2, KEPT))
                .allSatisfy(id -> assertThat(poll(id).error()).isEqualTo("authorization_pending"));
    }

    /** Until further requests have been served; a caller that met a wrong answer ends at once. */
    private void goOn(List<Future<?>> callers) {
        int before = redeemed.get();
        await().atMost(SOON)
                .until(
                        () ->
                                redeemed.get() >= before + BETWEEN
                                        || callers.stream().anyMatch(Future::isDone));
        assertThat(callers).noneMatch(Future::isDone);
    }

    /**
     * A poll that waits at the node is answered before it goes, and the node serves what it took.
     */
    private void replace(int node, ExecutorService threads) throws Exception {
        String waiting = pump(node).start("user-" + KEPT / 2, "waits").accepted().authReqId();
        Future<Answer> longPoll =
                threads.submit(
                        () ->
                                pump(node)
                                        .send(
                                                pump(node).tokenEndpoint(),
                                                Form.of(
                                                        "grant_type",
                                                        RelyingParty.GRANT_TYPE,
                                                        "auth_req_id",
                                                        waiting),
                                                "Prefer",
                                                "wait=25"));
        await().atMost(SOON).until(() -> pollsThatWait(node) > 0);
        rotation.takeOut(node);
        rotation.awaitIdle(node);

        CLUSTER.replace(node);

        assertThat(longPoll.get(1, TimeUnit.MINUTES).error()).isEqualTo("authorization_pending");
        rotation.takeIn();
    }

    private void wholeRequest(String user) {
        Answer started = rotation.call(node -> pump(node).start(user, "load"));
        String id = started.accepted().authReqId();
        approve(id);
        isRedeemedOnce(id);
        redeemed.incrementAndGet();
    }

    private void approve(String id) {
        String link = CLUSTER.mailbox().awaitMailFor(id).magicLink().getRawPath();
        Answer page =
                rotation.call(node -> ApprovalForm.decide(CLUSTER.node(node).url(link), "approve"));
        assertThat(page.body()).contains("ciba-result-approved");
    }

    private void isRedeemedOnce(String id) {
        Answer tokens = poll(id);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(poll(id).error()).isEqualTo("invalid_grant");
    }

    private Answer poll(String id) {
        return rotation.call(node -> pump(node).poll(id));
    }

    private static double pollsThatWait(int node) {
        return Metrics.of(CLUSTER.node(node)).gauge("ciba_polls_waiting");
    }

    private static RelyingParty pump(int node) {
        return CLUSTER.relyingParty(node, "gas-pump");
    }
}
