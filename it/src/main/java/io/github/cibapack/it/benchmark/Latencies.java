// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.Arrays;

/** How long the requests of a measurement took. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    /** Of requests that took so long, in any order, in nanoseconds. */
    static Latencies of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /** Those of two measurements as one. */
    Latencies and(Latencies other) {
        long[] all = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
        System.arraycopy(other.sorted, 0, all, sorted.length, other.sorted.length);
        return of(all);
    }

    /** In milliseconds, what so many percent did not exceed. */
    double percentile(int percent) {
        int index = Math.min(sorted.length - 1, sorted.length * percent / 100);
        return sorted[index] / NANOS_PER_MILLI;
    }

    void print(String name) {
        System.out.printf(
                "%s: %d requests, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                name, sorted.length, percentile(50), percentile(95), percentile(99));
    }
}
