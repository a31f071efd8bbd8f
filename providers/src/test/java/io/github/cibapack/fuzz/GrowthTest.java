// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Four times the input is about four times the work, whichever part of it repeats. Work is counted
 * in bytes that the thread allocates and in processor time that it uses; what is quadratic would be
 * sixteen times as much.
 */
class GrowthTest {
    private static final int SHORT = 2 * 1024;
    private static final int TIMES = 4;

    /** Between what is linear and what is quadratic, nearer to the latter. */
    private static final int MOST = 10;

    /** Below, a garbage collector or a compiler counts more than the parser. */
    private static final long SMALL_NANOS = 20_000_000;

    private static final long SMALL_BYTES = 1 << 20;

    /** By turns, as a parser becomes faster while the JVM compiles it; the least of each counts. */
    private static final int TRIES = 20;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<FuzzTarget> targets() {
        return FuzzTarget.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void workGrowsAsTheInput(FuzzTarget target) throws Throwable {
        for (byte[] seed : target.seeds()) {
            for (int part = 0; part < 3; part++) {
                byte[] few = repeated(seed, part, SHORT);
                byte[] many = repeated(seed, part, TIMES * SHORT);
                target.feed(few);
                assertLinear(
                        target, few, many, SMALL_BYTES, THREAD::getCurrentThreadAllocatedBytes);
                assertLinear(target, few, many, SMALL_NANOS, THREAD::getCurrentThreadCpuTime);
            }
        }
    }

    private static void assertLinear(
            FuzzTarget target, byte[] few, byte[] many, long small, LongSupplier work)
            throws Throwable {
        long forFew = Long.MAX_VALUE;
        long forMany = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < TRIES && forMany > most; i++) {
            forFew = Math.min(forFew, used(target, few, work));
            forMany = Math.min(forMany, used(target, many, work));
            most = Math.max(small, MOST * forFew);
        }
        assertThat(forMany)
                .as("%s: work for four times the input", target)
                .isLessThanOrEqualTo(most);
    }

    private static long used(FuzzTarget target, byte[] input, LongSupplier work) throws Throwable {
        long before = work.getAsLong();
        target.feed(input);
        return work.getAsLong() - before;
    }

    /** The seed with its first, middle or last third repeated up to a length. */
    private static byte[] repeated(byte[] seed, int part, int length) {
        int from = part * seed.length / 3;
        int to = Math.max(from + 1, (part + 1) * seed.length / 3);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(seed, 0, from);
        while (input.size() < length) {
            input.write(seed, from, Math.min(to, seed.length) - from);
        }
        input.write(seed, Math.min(to, seed.length), seed.length - Math.min(to, seed.length));
        return input.toByteArray();
    }
}
