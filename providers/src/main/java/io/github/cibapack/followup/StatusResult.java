// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.followup;

import java.util.Locale;
import java.util.Optional;

/** What a relying party learns of where its request stands. It does not name the user. */
public sealed interface StatusResult {

    /** The furthest that a request has come. */
    enum Stage {
        PENDING,
        DELIVERED,
        /** Its page was opened, by the user or by a program that follows links. */
        OPENED,
        /** The user has signed in to look at it. */
        OPENED_BY_USER,
        /** It has ended, in any way; a poll tells how. */
        DECIDED,
        EXPIRED;

        public String value() {
            return (this == OPENED_BY_USER ? OPENED : this).name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * It is known.
     *
     * @param channel the one that has delivered it; empty before that, and when it is over
     * @param expiresIn what is left of its life in seconds; 0 when it is over
     * @param interval least seconds between two such questions
     */
    record Known(Stage stage, Optional<String> channel, long expiresIn, int interval)
            implements StatusResult {}

    /**
     * The question comes before its time.
     *
     * @param retryAfter seconds after which the next one is on time
     */
    record TooEarly(int retryAfter) implements StatusResult {}

    /** Unknown, redeemed, or another client's. */
    record Unknown() implements StatusResult {}

    /** Where it is hidden which users exist, what becomes of a request would tell. */
    record Hidden() implements StatusResult {}
}
