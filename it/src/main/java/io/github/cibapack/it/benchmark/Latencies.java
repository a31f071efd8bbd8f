// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/** Times of calls that were made one after the other. */
final class Latencies {

    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    private final long[] sorted;

    private Latencies(LongStream nanos) {
        this.sorted = nanos.sorted().toArray();
    }

    static Latencies none() {
        return new Latencies(LongStream.empty());
    }

    /**
     * Makes the calls.
     *
     * @param call gets its number, from 0
     */
    static Latencies of(int number, IntConsumer call) {
        long[] nanos = new long[number];
        for (int i = 0; i < number; i++) {
            long start = System.nanoTime();
            call.accept(i);
            nanos[i] = System.nanoTime() - start;
        }
        return new Latencies(LongStream.of(nanos));
    }

    Latencies and(Latencies others) {
        return new Latencies(LongStream.concat(LongStream.of(sorted), LongStream.of(others.sorted)));
    }

    /** In milliseconds. */
    double percentile(int percent) {
        int index = Math.min(sorted.length - 1, sorted.length * percent / 100);
        return sorted[index] / NANOS_OF_A_MILLISECOND;
    }

    void print(String name) {
        System.out.printf(
                "%s: %d calls, p50 %.2f ms, p90 %.2f ms, p99 %.2f ms%n",
                name, sorted.length, percentile(50), percentile(90), percentile(99));
    }
}
