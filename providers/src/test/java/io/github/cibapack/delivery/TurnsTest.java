// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The workers of a queue, made to work one after the other. */
class TurnsTest {
    private static final Share SLOW = new Share("realm", "slow");
    private static final Share QUICK = new Share("realm", "quick");

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Receivers receivers = new Receivers();

    /** While an attempt of the slow receiver is under way, others come. */
    @Test
    void receiverThatHangsLeavesTurnsToOthersOfItsRealm() {
        Turns turns = new Turns(workers::add, 4, receivers);
        turns.run(
                SLOW,
                () -> {
                    turns.run(SLOW, () -> done.add("slow 2"));
                    turns.run(QUICK, () -> done.add("quick"));
                    assertThat(done).containsExactly("quick");
                });
        work();

        assertThat(done).containsExactly("quick", "slow 2");
    }

    @Test
    void receiversOfARealmWithOneTurnHaveItInTurn() {
        Turns turns = new Turns(workers::add, 2, receivers);
        turns.run(
                SLOW,
                () -> {
                    for (int i = 0; i < 3; i++) {
                        String number = " " + i;
                        turns.run(SLOW, () -> done.add("slow" + number));
                    }
                    for (int i = 0; i < 2; i++) {
                        String number = " " + i;
                        turns.run(QUICK, () -> done.add("quick" + number));
                    }
                });
        work();

        assertThat(done).containsExactly("slow 0", "quick 0", "slow 1", "quick 1", "slow 2");
    }

    @Test
    void receiversThatDoNotAnswerHaveNoMoreTurnsThanOneOfThem() {
        Turns turns = new Turns(workers::add, 8, receivers);
        turns.run(
                failing("one"),
                () ->
                        turns.run(
                                failing("another"),
                                () -> {
                                    turns.run(failing("a third"), () -> done.add("a third"));
                                    turns.run(QUICK, () -> done.add("quick"));
                                    assertThat(done).containsExactly("quick");
                                }));
        work();

        assertThat(done).containsExactly("quick", "a third");
    }

    private Share failing(String name) {
        Share receiver = new Share("realm", name);
        receivers.enter(receiver);
        for (int i = 0; i < 3; i++) {
            receivers.tried(receiver, true);
        }
        return receiver;
    }

    @Test
    void attemptThatFailsGivesItsTurnBack() {
        Turns turns = new Turns(workers::add, 1, receivers);
        try {
            turns.run(
                    SLOW,
                    () -> {
                        turns.run(SLOW, () -> done.add("next"));
                        throw new IllegalStateException();
                    });
        } catch (IllegalStateException e) {
            done.add("failed");
        }
        work();

        assertThat(done).containsExactly("failed", "next");
    }

    private void work() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }
}
