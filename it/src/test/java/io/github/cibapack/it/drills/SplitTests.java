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
    private final int mostRedemptions;

    /**
     * The tests.
     *
     * @param mostRedemptions of one approval, while the nodes are apart
     */
    SplitTests(SplitNodes nodes, int mostRedemptions) {
        this.nodes = nodes;
        this.mostRedemptions = mostRedemptions;
    }

    static void prepare(RealmDocument realm) {
        ServerAndDatabase.addUsers(realm, "apart", "together");
    }

    @Test
    void nodesThatLoseEachOtherAndMeetAgain() throws Exception {
        List<Answer> approved = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Answer started = nodes.pump(0).start("apart", "before").accepted();
            ApprovalForm.decide(nodes.linkAt(1, started), "approve");
            approved.add(started);
        }
        nodes.split();

        int most = 0;
        for (Answer one : approved) {
            List<Callable<Answer>> polls =
                    List.of(
                            () -> nodes.pump(0).poll(one.authReqId()),
                            () -> nodes.pump(1).poll(one.authReqId()));
            List<Answer> answers = AtOnce.run(polls);
            int redemptions =
                    (int) answers.stream().filter(answer -> answer.status() == 200).count();
            assertThat(redemptions).as("redemptions of " + one.authReqId()).isPositive();
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allMatch(
                            answer ->
                                    answer.error().equals("invalid_grant")
                                            || answer.status() == 503);
            most = Math.max(most, redemptions);
        }
        nodes.join();

        assertThat(most).isEqualTo(mostRedemptions);
        for (Answer one : approved) {
            assertThat(nodes.pump(0).poll(one.authReqId()).status()).isEqualTo(400);
            assertThat(nodes.pump(1).poll(one.authReqId()).status()).isEqualTo(400);
        }
        Answer started = nodes.pump(0).start("together", "after").accepted();
        ApprovalForm.decide(nodes.linkAt(1, started), "approve");
        assertThat(nodes.pump(1).poll(started.authReqId()).status()).isEqualTo(200);
        assertThat(nodes.pump(0).poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }
}
