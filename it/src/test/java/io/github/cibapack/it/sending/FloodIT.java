// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.OwnServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One relying party sends as much as it can, and the node goes on to serve the others. */
@OwnServer
class FloodIT {
    private static final Duration FLOOD = Duration.ofSeconds(30);

    /** A slow machine takes longer to send as many as are refused. */
    private static final Duration UNTIL_REFUSED = Duration.ofMinutes(3);

    private static final int THREADS = 8;

    @RegisterExtension
    static final RealmFixture FLOODED =
            RealmFixture.fresh()
                    .with(realm -> realm.attribute("ciba.hide-users", "true"))
                    .on(LongestRequest.smallServer());

    @RegisterExtension
    static final RealmFixture OTHER = RealmFixture.fresh().sharing(FLOODED::server);

    @Test
    void floodOfOneClientIsRefusedAndAnotherRealmIsServed() throws Exception {
        Map<Integer, Integer> answers = flood();

        assertThat(answers).as("statuses and how many").containsOnlyKeys(200, 403);
        assertThat(answers.get(403)).isPositive();
        RelyingParty pump = OTHER.gasPump();
        Answer started = pump.start("alice", "after the flood");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ApprovalForm.decide(
                OTHER.mailbox().awaitMailFor(started.authReqId()).magicLink(), "approve");
        assertThat(pump.pollUntilDecided(started).status()).isEqualTo(200);
        // the option of the same name stands in the log's first line
        assertThat(FLOODED.server().logs().lines())
                .noneMatch(line -> line.contains("java.lang.OutOfMemoryError"));
    }

    /** Values as long as they may be, for somebody else each time, for as long as possible. */
    private static Map<Integer, Integer> flood() throws Exception {
        RelyingParty pump = FLOODED.gasPump();
        AtomicInteger number = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        long end = System.nanoTime() + FLOOD.toNanos();
        long latest = System.nanoTime() + UNTIL_REFUSED.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<Integer, Integer>>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    Map<Integer, Integer> mine = new TreeMap<>();
                                    while (System.nanoTime() < end
                                            || (refused.get() == 0 && System.nanoTime() < latest)) {
                                        Answer answer =
                                                pump.start(
                                                        LongestRequest.to(
                                                                "nobody-"
                                                                        + number
                                                                                .incrementAndGet()));
                                        mine.merge(answer.status(), 1, Integer::sum);
                                        if (answer.status() == 403) {
                                            refused.incrementAndGet();
                                            assertThat(answer.header("Retry-After"))
                                                    .matches("[1-9][0-9]*");
                                        }
                                    }
                                    return mine;
                                }));
            }
            Map<Integer, Integer> answers = new TreeMap<>();
            for (Future<Map<Integer, Integer>> one : all) {
                one.get().forEach((status, count) -> answers.merge(status, count, Integer::sum));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
