// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.time;

import org.keycloak.common.util.Time;

/**
 * Keycloak's clock in seconds, in each version that the pack runs on: {@code
 * Time.currentTimeSeconds} is not there before 26.7, and {@code Time.currentTime} ends in 2038.
 */
public final class ServerClock {
    private static final long MILLIS = 1000;

    private ServerClock() {}

    /** Seconds since 1970. */
    public static long seconds() {
        return Time.currentTimeMillis() / MILLIS;
    }
}
