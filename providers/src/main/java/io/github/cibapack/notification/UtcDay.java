// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.time.ServerClock;

/**
 * The day that quotas are counted in: it ends at midnight UTC.
 *
 * @param number days since the epoch
 * @param secondsLeft until midnight
 */
record UtcDay(long number, long secondsLeft) {
    private static final long SECONDS = 86_400;

    /** So that clocks of nodes that are a little apart agree. */
    private static final long SLACK_SECONDS = 60;

    static UtcDay now() {
        long now = ServerClock.seconds();
        return new UtcDay(Math.floorDiv(now, SECONDS), SECONDS - Math.floorMod(now, SECONDS));
    }

    /** How long a slot of this day is kept. */
    long lifespan() {
        return secondsLeft + SLACK_SECONDS;
    }
}
