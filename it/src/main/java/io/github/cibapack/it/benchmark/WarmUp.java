// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Calls until a server is warm, with rests. Java's compiler shares the processors with all threads
 * that answer calls: while a server has as many calls as it can answer, most of its code would not
 * be compiled for many minutes.
 */
final class WarmUp {
    private static final Duration BLOCK = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** The part of one processor that a server without calls takes. */
    private static final double AT_REST = 0.1;

    private WarmUp() {}

    /** Makes some calls for so long; what it returns is printed by nobody. */
    interface Calls {
        Object make(Duration time) throws Exception;
    }

    /** Makes calls for so long, rests not counted. */
    static void of(Contestant server, Duration time, Calls calls) throws Exception {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(BLOCK)) {
            calls.make(left.compareTo(BLOCK) < 0 ? left : BLOCK);
            rest(server);
        }
    }

    /** Waits until the server has compiled what has been called so far. */
    static void rest(Contestant server) {
        double[] before = {server.processorSeconds()};
        Awaitility.await("a server that rests")
                .atMost(LONGEST_REST)
                .pollDelay(LOOK)
                .pollInterval(LOOK)
                .until(
                        () -> {
                            double now = server.processorSeconds();
                            double used = now - before[0];
                            before[0] = now;
                            return used < AT_REST;
                        });
    }
}
