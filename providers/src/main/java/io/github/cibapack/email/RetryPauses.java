// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The pauses between the tries of one mail: a second, then doubled each time, up to an eighth of
 * the request's life, so that a short-lived request gets a fair number of tries and a long-lived
 * one does not knock all day. A little chance keeps the mails of one outage apart.
 */
final class RetryPauses {
    private static final long SHORTEST_LIMIT = 5;
    private static final long LONGEST_LIMIT = 300;
    private static final int PARTS_OF_LIFE = 8;
    private static final int MOST_DOUBLINGS = 20;
    private static final double LEAST_SHARE = 0.8;

    /** What a person needs to read a mail and decide; of a short life, a quarter. */
    private static final long TIME_TO_DECIDE = 30;

    private static final int QUARTERS = 4;

    private final long lastTry;
    private final long limitSeconds;

    RetryPauses(Envelope envelope) {
        long life = envelope.expiresAt() - envelope.createdAt();
        this.lastTry = envelope.expiresAt() - Math.min(TIME_TO_DECIDE, life / QUARTERS);
        this.limitSeconds = Math.min(LONGEST_LIMIT, Math.max(SHORTEST_LIMIT, life / PARTS_OF_LIFE));
    }

    /**
     * The pause after a failed try.
     *
     * @param tries how many there were
     * @param now in seconds since the epoch
     * @return nothing where too little of the request's life would be left to decide
     */
    Optional<Duration> next(int tries, long now) {
        long whole = Math.min(limitSeconds, 1L << Math.min(tries - 1, MOST_DOUBLINGS));
        long millis =
                (long)
                        (Duration.ofSeconds(whole).toMillis()
                                * ThreadLocalRandom.current().nextDouble(LEAST_SHARE, 1.0));
        Duration pause = Duration.ofMillis(millis);
        return now + pause.toSeconds() + 1 < lastTry ? Optional.of(pause) : Optional.empty();
    }
}
