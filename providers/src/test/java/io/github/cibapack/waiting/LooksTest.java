// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Duration AGES = Duration.ofHours(1);
    private final Waiters waiters = new Waiters();
    private final Map<Integer, String> marks = new HashMap<>();
    private final List<Integer> read = new ArrayList<>();
    private long nanos;
    private final Looks looks = new Looks(null, Runnable::run, waiters, new MarkTurns(() -> nanos));

    private final Waiter one = waiter("one");
    private final Waiter other = waiter("other");

    /** Of the same mark as {@link #one}. */
    private final Waiter neighbour =
            IntStream.range(0, 10_000)
                    .mapToObj(i -> waiter("n" + i))
                    .filter(waiter -> number(waiter) == number(one))
                    .findFirst()
                    .orElseThrow();

    @Test
    void whoBeginsToWaitIsLookedForOnce() {
        waiters.add(one);
        assertThat(looked()).containsExactly(one);
        waiters.add(neighbour);
        assertThat(looked()).containsExactly(neighbour);
        assertThat(looked()).isEmpty();
    }

    @Test
    void changedMarkHasThoseLookedForWhoseMarkItIs() {
        add(one, other);

        decidedElsewhere(other);

        assertThat(looked()).containsExactly(other);
        assertThat(looked()).isEmpty();
    }

    @Test
    void markThatIsLostIsAChange() {
        decidedElsewhere(one);
        add(one);

        marks.clear();

        assertThat(looked()).containsExactly(one);
    }

    @Test
    void lookThatFailsIsMadeAgain() {
        add(one, other);
        waiters.add(neighbour);
        decidedElsewhere(other);
        assertThatThrownBy(
                        () ->
                                looks.lookAtDue(
                                        this::mark,
                                        due -> {
                                            throw new IllegalStateException("no database");
                                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(looked()).containsExactlyInAnyOrder(neighbour, other);
    }

    @Test
    void marksThatCannotBeReadAreReadAgain() {
        add(one);
        waiters.add(neighbour);
        assertThatThrownBy(
                        () ->
                                looks.lookAtDue(
                                        number -> {
                                            throw new IllegalStateException("no database");
                                        },
                                        due -> {}))
                .isInstanceOf(IllegalStateException.class);

        assertThat(looked()).containsExactly(neighbour);
    }

    @Test
    void decisionThatFallsWhileSomebodyIsLookedForIsFoundTheNextTime() {
        add(one);
        looks.lookAtDue(this::mark, due -> decidedElsewhere(one));

        assertThat(looked()).containsExactly(one);
    }

    @Test
    void decisionThatFallsWhileTheMarksAreReadIsFoundTheNextTime() {
        add(one);
        looks.lookAtDue(
                number -> {
                    Optional<String> mark = mark(number);
                    if (number == ChangeMarks.OF_ANY) {
                        decidedElsewhere(one);
                    }
                    return mark;
                },
                due -> {});

        assertThat(looked()).containsExactly(one);
    }

    @Test
    void whoComesWhileOthersAreLookedForIsLookedForTheNextTime() {
        add(one);
        decidedElsewhere(one);
        looks.lookAtDue(this::mark, due -> waiters.add(neighbour));

        assertThat(looked()).containsExactly(neighbour);
    }

    @Test
    void whoHasGoneIsNotLookedFor() {
        waiters.add(one);
        one.done().complete(WaitEnd.TIME_UP);

        assertThat(looked()).isEmpty();
    }

    @Test
    void asLongAsNothingIsDecidedOneMarkIsRead() {
        addMany();
        read.clear();

        looked();

        assertThat(read).containsExactly(ChangeMarks.OF_ANY);
    }

    @Test
    void manyWhoWaitCostNoMoreThanThereAreMarks() {
        addMany();
        decidedElsewhere(one);
        read.clear();

        looked();

        assertThat(read).hasSizeLessThanOrEqualTo(ChangeMarks.COUNT + 1).doesNotHaveDuplicates();
    }

    @Test
    void everybodyIsLookedForEveryFiveSecondsAsMarksCanBeLost() {
        Set<Waiter> many = addMany();

        List<Waiter> looked = new ArrayList<>();
        for (int tick = 0; tick < 25; tick++) {
            nanos += Duration.ofMillis(200).toNanos();
            looked.addAll(looked());
        }
        assertThat(looked).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void everybodyIsLookedForAtOnceIfTheLastLookIsLongAgo() {
        Set<Waiter> many = addMany();
        nanos += AGES.toNanos();

        assertThat(looked()).containsExactlyInAnyOrderElementsOf(many);
        assertThat(looked()).isEmpty();
    }

    @Test
    void turnThatFailsComesAgain() {
        add(one);
        nanos += AGES.toNanos();
        assertThatThrownBy(
                        () ->
                                looks.lookAtDue(
                                        this::mark,
                                        due -> {
                                            throw new OutOfMemoryError();
                                        }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(looked()).containsExactly(one);
    }

    private Set<Waiter> addMany() {
        Set<Waiter> many = new HashSet<>();
        IntStream.range(0, 5_000).mapToObj(i -> waiter("w" + i)).forEach(many::add);
        add(many.toArray(Waiter[]::new));
        return many;
    }

    /** They wait, and have been looked at. */
    private void add(Waiter... added) {
        List.of(added).forEach(waiters::add);
        looked();
    }

    private void decidedElsewhere(Waiter waiter) {
        marks.merge(number(waiter), "decided", String::concat);
        marks.merge(ChangeMarks.OF_ANY, "decided", String::concat);
    }

    private List<Waiter> looked() {
        List<Waiter> looked = new ArrayList<>();
        looks.lookAtDue(this::mark, looked::addAll);
        return looked;
    }

    private Optional<String> mark(int number) {
        read.add(number);
        return Optional.ofNullable(marks.get(number));
    }

    private static int number(Waiter waiter) {
        return ChangeMarks.number(waiter.waitsFor().requestId().orElseThrow());
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
