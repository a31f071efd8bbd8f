// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Duration AGES = Duration.ofHours(1);

    private final Looks looks = new Looks(null, Runnable::run);
    private final Map<Integer, String> marks = new ConcurrentHashMap<>();
    private final List<Integer> read = new ArrayList<>();

    private final Waiter one = waiter("one");
    private final Waiter other = waiter("other");

    @Test
    void whoBeginsToWaitIsLookedForOnce() {
        assertThat(looked(one)).containsExactly(one);
        assertThat(looked(one, other)).containsExactly(other);
        assertThat(looked(one, other)).isEmpty();
    }

    @Test
    void changedMarkHasThoseLookedForWhoseMarkItIs() {
        looked(one, other);

        marks.put(number("other"), "decided on another node");

        assertThat(looked(one, other)).containsExactly(other);
        assertThat(looked(one, other)).isEmpty();
    }

    @Test
    void markThatIsLostIsAChange() {
        marks.put(number("one"), "kept");
        looked(one);

        marks.clear();

        assertThat(looked(one)).containsExactly(one);
    }

    @Test
    void lookThatFailsIsMadeAgain() {
        looked(one);
        marks.put(number("one"), "decided on another node");
        assertThatThrownBy(
                        () ->
                                looks.lookAtDue(
                                        List.of(one),
                                        this::mark,
                                        due -> {
                                            throw new IllegalStateException("no database");
                                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(looked(one)).containsExactly(one);
    }

    @Test
    void decisionThatFallsWhileTheMarksAreReadIsFoundTheNextTime() {
        looked(one);
        looks.lookAtDue(
                List.of(one),
                this::mark,
                due -> marks.put(number("one"), "decided on another node"));

        assertThat(looked(one)).containsExactly(one);
    }

    @Test
    void manyWhoWaitCostNoMoreThanThereAreMarks() {
        List<Waiter> many = IntStream.range(0, 10_000).mapToObj(i -> waiter("w" + i)).toList();
        looked(many.toArray(Waiter[]::new));
        read.clear();

        assertThat(looked(many.toArray(Waiter[]::new))).isEmpty();
        assertThat(read).hasSizeLessThanOrEqualTo(ChangeMarks.COUNT).doesNotHaveDuplicates();
    }

    /** Those that are looked at, which then know it. */
    private List<Waiter> looked(Waiter... waiters) {
        List<Waiter> looked = new ArrayList<>();
        looks.lookAtDue(List.of(waiters), this::mark, looked::addAll);
        return looked;
    }

    private Optional<String> mark(int number) {
        read.add(number);
        return Optional.ofNullable(marks.get(number));
    }

    private static int number(String requestId) {
        return ChangeMarks.number(requestId);
    }

    private static Waiter waiter(String requestId) {
        return new Waiter(
                new PendingWaits.Wait(
                        requestId,
                        "realm",
                        "client",
                        Optional.of(requestId),
                        new PendingWaits.Look(session -> false, Optional.empty()),
                        AGES),
                new HeldConnection());
    }
}
