// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import java.time.Duration;

/**
 * When the waits of a node end whose time is up. If few end in a second, some of them end together,
 * a little late: a server that wakes up for each of them, and for the poll that follows, takes more
 * processor time. If many do, each ends for itself: the server hardly sleeps in between, and one
 * that answers many at once keeps other requests waiting.
 *
 * @param waiting how many wait
 */
record EndTimes(int waiting) {
    private static final Duration TOGETHER = Duration.ofMillis(60);

    /** In a second, on average. */
    private static final int MANY = 250;

    /**
     * The end of a wait, on the clock of {@link System#nanoTime()}.
     *
     * @param deadline when its time is up
     * @param longest how long it lasts, as the others do
     */
    long notBefore(long deadline, Duration longest) {
        return waiting * Duration.ofSeconds(1).toNanos() / MANY > longest.toNanos()
                ? deadline
                : deadline + Math.floorMod(-deadline, TOGETHER.toNanos());
    }
}
