// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of any size: never more, and of large ones almost as many. */
class LimitSlotsTest {
    private static final long LIFE = 1000;

    private final HeapStore store = new HeapStore();
    private final LimitSlots slots = new LimitSlots(store, "realm");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64})
    void smallLimitIsExact(int limit) {
        assertThat(takeTimes(limit + 20, limit)).isEqualTo(limit);
        assertThat(slots.taken("c", limit)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 100, 1000, 10_000})
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

    private int takeTimes(int times, int limit) {
        int passed = 0;
        for (int i = 0; i < times; i++) {
            passed += slots.take("c", limit, LIFE).isPresent() ? 1 : 0;
        }
        return passed;
    }
}
