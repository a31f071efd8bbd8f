// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The pauses between the attempts of a delivery: each twice as long as the one before, a little
 * more or less by chance, so that the deliveries of one outage do not come back at one moment.
 *
 * @param longest pause, more than {@link #FIRST}
 * @param within the last attempt comes no later than this after the first
 */
public record Backoff(Duration longest, Duration within) {

    /** The first pause. */
    public static final Duration FIRST = Duration.ofSeconds(1);

    private static final double JITTER = 0.1;
    private static final int NO_LIMIT = -1;

    /** The policy for a delivery, which ends when the queue is closed. */
    RetryPolicy<Optional<String>> policy(Delivery delivery, BooleanSupplier closed) {
        RetryPolicyBuilder<Optional<String>> policy =
                RetryPolicy.<Optional<String>>builder()
                        .handleResultIf(Optional::isPresent)
                        .abortOn(Throwable.class)
                        .abortIf(result -> closed.getAsBoolean())
                        .withBackoff(FIRST, longest)
                        .withJitter(JITTER)
                        .onRetryScheduled(
                                failed -> failed.getLastResult().ifPresent(delivery::retried));
        return within.compareTo(FIRST) > 0
                ? policy.withMaxRetries(NO_LIMIT).withMaxDuration(within).build()
                : policy.withMaxRetries(0).build();
    }
}
