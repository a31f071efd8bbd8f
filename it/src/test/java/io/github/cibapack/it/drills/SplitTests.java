// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.suite.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Two nodes lose each other while both work, and meet again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
abstract class SplitTests {
    private static final int REQUESTS = 6;

    private final SplitNodes nodes;
    private final int stores;

    /**
     * The tests.
     *
     * @param stores how many there are while the nodes are apart, each with a winner of its own
     */
    SplitTests(SplitNodes nodes, int stores) {
        this.nodes = nodes;
        this.stores = stores;
    }

    static void prepare(RealmDocument realm) {
        ServerAndDatabase.addUsers(realm, "apart", "together");
    }

    @Test
    void eachStoreHasOneWinnerAndAfterwardsThereIsOneStore() throws Exception {
        List<Answer> approved = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            approved.add(approvedAt(1, "apart"));
        }
        Answer redeemedAtOne = approvedAt(1, "apart");
        Answer undecided = nodes.pump(1).start("apart", "asked").accepted();
        nodes.mailbox().awaitMailFor(undecided.authReqId());
        nodes.split();

        for (Answer one : approved) {
            List<Callable<Answer>> polls =
                    List.of(
                            () -> nodes.pump(0).poll(one.authReqId()),
                            () -> nodes.pump(1).poll(one.authReqId()));
            List<Answer> answers = AtOnce.run(polls);
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(stores);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allMatch(answer -> answer.error().equals("invalid_grant"));
        }
        assertThat(nodes.pump(0).poll(redeemedAtOne.authReqId()).status()).isEqualTo(200);
        ApprovalForm.decide(nodes.linkAt(0, undecided), "approve");
        nodes.join();

        for (Answer one : approved) {
            assertThat(redemptions(one)).isZero();
        }
        // of two stores one is forgotten, and with it what was decided or redeemed there alone
        assertThat(redemptions(redeemedAtOne)).isBetween(0, stores - 1);
        assertThat(redemptions(undecided)).isBetween(2 - stores, 1);
        assertThat(redemptions(approvedAt(1, "together"))).isEqualTo(1);
    }

    /** Started on the first node. */
    private Answer approvedAt(int node, String user) {
        Answer started = nodes.pump(0).start(user, "asked").accepted();
        ApprovalForm.decide(nodes.linkAt(node, started), "approve");
        return started;
    }

    private int redemptions(Answer approved) {
        int redemptions = 0;
        for (int node : List.of(1, 0, 1)) {
            Answer answer = nodes.pump(node).poll(approved.authReqId());
            assertThat(answer.status()).as(answer.body()).isIn(200, 400);
            redemptions += answer.status() == 200 ? 1 : 0;
        }
        System.err.printf("[it] redeemed after the nodes had met: %d%n", redemptions);
        return redemptions;
    }
}
