// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import java.time.Duration;

/**
 * When the waits of a node end whose time is up: some of them together, up to a quarter of a second
 * late. A server that wakes up for each of them, and for the poll that follows, takes twice the
 * processor time; one that answers too many at once keeps other requests waiting.
 *
 * @param waiting how many wait
 */
record EndTimes(int waiting) {
    private static final Duration LATEST = Duration.ofMillis(250);
    private static final Duration LEAST = LATEST.dividedBy(16);

    /** On average, if they have come one after the other. */
    private static final long MOST_TOGETHER = 40;

    /**
     * The end of a wait, on the clock of {@link System#nanoTime()}.
     *
     * @param deadline when its time is up
     * @param longest how long it lasts, as the others do
     */
    long notBefore(long deadline, Duration longest) {
        return deadline + Math.floorMod(-deadline, step(longest).toNanos());
    }

    /** Half of the next longer one, so that those of a longer step end with others. */
    private Duration step(Duration longest) {
        Duration step = LATEST;
        while (step.compareTo(LEAST) > 0
                && waiting * step.toMillis() > MOST_TOGETHER * longest.toMillis()) {
            step = step.dividedBy(2);
        }
        return step;
    }
}
