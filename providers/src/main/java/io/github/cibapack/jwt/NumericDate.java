// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * Reads the dates in JWTs (RFC 7519 §2). The libraries overflow on huge numbers: 2^63−1 seconds
 * become a date in 1969, so that a date in the future passes as one in the past.
 */
public final class NumericDate {

    /** The last second of the year 9999. */
    static final long LAST = 253_402_300_799L;

    private NumericDate() {}

    /**
     * Seconds since the epoch, without the fraction.
     *
     * @param value the claim
     * @return empty if it is not a number of the years 1970 to 9999
     */
    public static OptionalLong seconds(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? inRange(value.longValue()) : OptionalLong.empty();
        }
        if (!value.isNumber()) {
            return OptionalLong.empty();
        }
        double seconds = value.doubleValue();
        // false for NaN, too
        return seconds >= 0 && seconds < LAST + 1.0
                ? OptionalLong.of((long) seconds)
                : OptionalLong.empty();
    }

    private static OptionalLong inRange(long seconds) {
        return seconds >= 0 && seconds <= LAST ? OptionalLong.of(seconds) : OptionalLong.empty();
    }
}
