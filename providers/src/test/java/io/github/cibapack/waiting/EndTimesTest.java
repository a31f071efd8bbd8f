// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EndTimesTest {
    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final long YEARS = Long.MAX_VALUE / 2;

    @Property
    void waitEndsNeverTooSoonAndHardlyLate(
            @ForAll @LongRange(min = -YEARS, max = YEARS) long deadline,
            @ForAll @IntRange(min = 1, max = 200_000) int waiting) {
        assertThat(end(deadline, waiting) - deadline)
                .isBetween(0L, Duration.ofMillis(60).toNanos() - 1);
    }

    @Test
    void someEndTogetherIfFewEndInASecond() {
        assertThat(together(100)).isEqualTo(1);
        assertThat(together(5_000)).isEqualTo(12);
    }

    @Test
    void eachEndsForItselfIfManyDo() {
        assertThat(together(10_000)).isEqualTo(1);
    }

    /** How many of those who wait, and have come one after the other, end at one time. */
    private static long together(int waiting) {
        long apart = LONGEST.toNanos() / waiting;
        long ends =
                LongStream.range(0, waiting).map(i -> end(i * apart, waiting)).distinct().count();
        return Math.round(waiting / (double) ends);
    }

    private static long end(long deadline, int waiting) {
        return new EndTimes(waiting).notBefore(deadline, LONGEST);
    }
}
