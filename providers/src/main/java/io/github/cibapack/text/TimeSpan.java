// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

/**
 * A length of time for people: in the largest unit that still tells it well, rounded down, so that
 * nobody is promised more than there is; at least a second.
 *
 * @param key of the text that names the unit, in each of its plural forms
 * @param number of units
 */
record TimeSpan(String key, long number) {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** A unit is used from two of it on: "90 seconds" says more than "1 minute". */
    private static final long LEAST = 2;

    static TimeSpan of(long seconds) {
        if (seconds >= LEAST * DAY) {
            return new TimeSpan("cibaTimeDays", seconds / DAY);
        }
        if (seconds >= LEAST * HOUR) {
            return new TimeSpan("cibaTimeHours", seconds / HOUR);
        }
        return seconds >= LEAST * MINUTE
                ? new TimeSpan("cibaTimeMinutes", seconds / MINUTE)
                : new TimeSpan("cibaTimeSeconds", Math.max(1, seconds));
    }
}
