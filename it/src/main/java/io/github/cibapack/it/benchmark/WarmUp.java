// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Calls until a server is warm, with rests. Java's compiler shares the processors with all threads
 * that answer calls: while a server has as many calls as it can answer, most of its code would not
 * be compiled for many minutes.
 */
final class WarmUp {
    private static final Duration BLOCK = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Seconds of processor time that a server without calls takes from one look to the next. */
    private static final double AT_REST = 0.1;

    private WarmUp() {}

    /** Makes calls for so long, and returns what they cost. */
    interface Calls {
        Object make(Duration time) throws Exception;
    }

    /** Makes calls for so long, rests not counted. */
    static void of(Contestant server, Duration time, Calls calls) throws Exception {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(BLOCK)) {
            calls.make(left.compareTo(BLOCK) < 0 ? left : BLOCK);
            rest(server::processorSeconds);
        }
    }

    /** Waits until a server has compiled what has been called so far, or for a long time. */
    static void rest(DoubleSupplier processorSeconds) {
        double[] before = {processorSeconds.getAsDouble()};
        try {
            Awaitility.await()
                    .atMost(LONGEST_REST)
                    .pollDelay(LOOK)
                    .pollInterval(LOOK)
                    .until(
                            () -> {
                                double now = processorSeconds.getAsDouble();
                                double used = now - before[0];
                                before[0] = now;
                                return used < AT_REST;
                            });
        } catch (ConditionTimeoutException e) {
            System.out.printf("Not at rest after %s: measured all the same%n", LONGEST_REST);
        }
    }
}
