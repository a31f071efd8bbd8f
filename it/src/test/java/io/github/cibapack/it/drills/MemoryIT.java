// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.sending.LongestRequest;
import io.github.cibapack.it.suite.OwnServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A realm whose admin has lifted all limits takes all memory that it can get, with many clients and
 * the longest values, while another realm works.
 */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes: ./mvnw -Pdrills")
@OwnServer
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MemoryIT {
    private static final int CLIENTS = 6;
    private static final int REFUSALS = 300;

    @Order(1)
    @RegisterExtension
    static final RealmFixture GREEDY =
            RealmFixture.fresh().with(MemoryIT::prepare).on(LongestRequest.smallServer());

    @Order(2)
    @RegisterExtension
    static final RealmFixture OTHER = RealmFixture.fresh().sharing(GREEDY::server);

    private static void prepare(RealmDocument realm) {
        realm.attribute("ciba.hide-users", "true");
        realm.liftLimits();
        for (int i = 0; i < CLIENTS; i++) {
            realm.addClient("greedy-" + i, "greedy-" + i + "-secret");
        }
    }

    @Test
    void memoryOfOneRealmIsBoundedAndAnotherRealmWorksAllTheTime() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        int rounds = 0;
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> floods = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                RelyingParty client = GREEDY.relyingParty("greedy-" + i);
                floods.add(
                        CompletableFuture.runAsync(
                                () -> wrong.addAll(flood(client, taken, refused)), threads));
            }
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(floods.toArray(CompletableFuture[]::new));
            do {
                works("round " + rounds++);
            } while (!all.isDone());
            all.get();
        } finally {
            threads.shutdownNow();
        }

        works("afterwards");
        assertThat(wrong).isEmpty();
        assertThat(taken.get()).isPositive();
        assertThat(refused.get()).isGreaterThanOrEqualTo(CLIENTS * REFUSALS);
        assertThat(rounds).isGreaterThan(1);
    }

    private static void works(String message) {
        Answer started = OTHER.gasPump().start("alice", message);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ApprovalForm.decide(OTHER.linkOf(started), "approve");
        assertThat(OTHER.gasPump().poll(started.authReqId()).status()).isEqualTo(200);
    }

    /** Until this client is refused and nothing else; what was answered wrongly. */
    private static List<String> flood(
            RelyingParty client, AtomicInteger taken, AtomicInteger refused) {
        List<String> wrong = new ArrayList<>();
        int ofMine = 0;
        for (int number = 0; ofMine < REFUSALS; number++) {
            Answer answer = client.start(LongestRequest.to(client.clientId() + "-" + number));
            if (answer.status() == 200) {
                taken.incrementAndGet();
            } else if (answer.status() == 403 && !answer.header("Retry-After").isEmpty()) {
                refused.incrementAndGet();
                ofMine++;
            } else {
                wrong.add(answer.status() + " " + answer.body());
                ofMine++;
            }
        }
        return wrong;
    }
}
