// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.Time;

/** Limits of any size: never more, and of large ones almost as many. */
class NumberedSlotsTest {
    private static final long LIFE = 1000;

    private final HeapStore store = new HeapStore();
    private final NumberedSlots slots = new NumberedSlots(store, "realm");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64})
    void smallLimitIsExact(int limit) {
        assertThat(takeTimes(limit + 20, limit)).isEqualTo(limit);
        assertThat(slots.taken("c", limit)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                65, 100, 1000, 10_000, 65, 100, 1000, 10_001, 65, 100, 1001, 10_002, 66, 67, 68, 69
            })
    void largeLimitLetsNeverMorePassAndFewLess(int limit) {
        int passed = takeTimes(limit + limit / 2, limit);

        assertThat(passed).isLessThanOrEqualTo(limit).isGreaterThan(limit * 9 / 10);
        assertThat(slots.taken("c", limit)).isCloseTo(passed, withPercentage(5));
    }

    @Test
    void freeSlotsAreFoundWhereverTheyAre() {
        int limit = 1000;
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            slots.take("c", limit, LIFE).ifPresent(taken::add);
        }
        Collections.shuffle(taken, new Random(7));
        taken.subList(0, 200).forEach(slots::release);

        int again = 0;
        for (int i = 0; i < 100; i++) {
            again += slots.take("c", limit, LIFE).isPresent() ? 1 : 0;
        }

        assertThat(again).isGreaterThanOrEqualTo(98);
    }

    @Test
    void firstOfALargeLimitLooksAtOneSlot() {
        slots.take("first", 100_000, LIFE);

        assertThat(store.looks()).isEqualTo(1);
    }

    @Test
    void limitThatIsFarAwayIsNotFullAtOneLook() {
        for (int i = 0; i < 600; i++) {
            slots.take("far", 10_000, LIFE);
        }
        int before = store.looks();

        assertThat(slots.isFull("far", 10_000)).isFalse();

        assertThat(store.looks() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 65, 512})
    void limitIsFullWithItsLastSlot(int limit) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < limit) {
            slots.take("filled", limit, LIFE).ifPresent(taken::add);
        }
        assertThat(slots.isFull("filled", limit)).isTrue();

        for (String slot : taken) {
            slots.release(slot);
            assertThat(slots.isFull("filled", limit)).isFalse();
            store.putIfAbsent(slot, LIFE);
        }
    }

    @Test
    void fewSlotsAreLookedAtHoweverManyAreTaken() {
        for (int i = 0; i < 20_000; i++) {
            assertThat(slots.take("growing", 100_000, LIFE)).isPresent();
        }

        assertThat(store.looks() / 20_000.0).isLessThan(2);
        assertThat(slots.taken("growing", 100_000)).isCloseTo(20_000, withPercentage(15));
    }

    @Test
    void slotsThatAreGivenBackAreTakenAgainBeforeFurtherOnes() {
        Deque<String> held = new ArrayDeque<>();
        for (int i = 0; i < 30_000; i++) {
            held.add(slots.take("changing", 10_000, LIFE).orElseThrow());
            if (held.size() > 200) {
                slots.release(held.poll());
            }
        }

        assertThat(store.looks() / 30_000.0).isLessThan(7);
        assertThat(held)
                .allSatisfy(
                        slot ->
                                assertThat(Integer.parseInt(slot.replaceFirst(".*\\.", "")))
                                        .isLessThan(1000));
        assertThat(slots.taken("changing", 10_000)).isBetween(100, 400);
    }

    @Test
    void longLivedSlotFarAwayKeepsNobodyFromTheFirstOnes() {
        List<String> held = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            held.add(slots.take("emptied", 10_000, LIFE).orElseThrow());
        }
        held.subList(0, 2990).forEach(slots::release);

        for (int i = 0; i < 500; i++) {
            slots.release(slots.take("emptied", 10_000, LIFE).orElseThrow());
        }

        assertThat(slots.taken("emptied", 10_000)).isLessThan(60);
    }

    @RepeatedTest(20)
    void manyAtOnceGetNoMoreThanTheLimit() throws Exception {
        int limit = 300;
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Optional<String>>> all = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                all.add(threads.submit(() -> slots.take("c", limit, LIFE)));
            }
            List<String> won = new ArrayList<>();
            for (Future<Optional<String>> one : all) {
                one.get().ifPresent(won::add);
            }
            assertThat(won).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(limit);
            assertThat(won.size()).isGreaterThan(limit * 9 / 10);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Positive numbers take a slot, negative ones give one of the taken back. */
    @Property(tries = 200)
    void smallLimitIsExactInEverySequence(
            @ForAll @IntRange(min = 1, max = 64) int limit,
            @ForAll @Size(max = 150) List<@IntRange(min = -5, max = 20) Integer> steps) {
        NumberedSlots fresh = new NumberedSlots(new HeapStore(), "realm");
        List<String> held = new ArrayList<>();
        for (int step : steps) {
            if (step >= 0) {
                Optional<String> slot = fresh.take("c", limit, LIFE);
                assertThat(slot.isPresent()).isEqualTo(held.size() < limit);
                slot.ifPresent(held::add);
            } else if (!held.isEmpty()) {
                fresh.release(held.remove(-step % held.size()));
            }
            assertThat(fresh.taken("c", limit)).isEqualTo(held.size());
        }
        fresh.reset("c", limit);
        assertThat(fresh.taken("c", limit)).isZero();
    }

    @Test
    void allSlotsOfACounterAreGivenBackWhateverItsLimitWas() {
        for (int i = 0; i < 2000; i++) {
            assertThat(slots.take("c", 3000, LIFE)).isPresent();
        }
        assertThat(slots.take("other", 3000, LIFE)).isPresent();

        slots.resetAll("c");

        assertThat(slots.taken("c", 3000)).isZero();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void notesLieBesideASlotAndGoWithIt() {
        String slot = slots.take("c", 2, LIFE).orElseThrow();
        slots.note(slot, LIFE, Map.of("a", "b"));

        assertThat(slots.notes(slot)).contains(Map.of("a", "b"));
        assertThat(slots.notes("c", 2)).containsExactly(Map.of("a", "b"));

        slots.releaseNoted(slot);
        assertThat(slots.notes(slot)).isEmpty();
        assertThat(slots.taken("c", 2)).isZero();
        assertThat(store.size()).isZero();
    }

    @Test
    void closedGateTellsWhenItOpens() {
        assertThat(slots.close("gate", 60)).isTrue();
        assertThat(slots.close("gate", 60)).isFalse();
        assertThat(slots.isClosed("gate")).isTrue();
        assertThat(slots.opensAt("gate").orElseThrow() - Time.currentTimeSeconds())
                .isBetween(59L, 60L);
        slots.release("gate");
        assertThat(slots.isClosed("gate")).isFalse();
    }

    private int takeTimes(int times, int limit) {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            passed += slots.take("c", limit, LIFE).isPresent() ? 1 : 0;
        }
        return passed;
    }
}
