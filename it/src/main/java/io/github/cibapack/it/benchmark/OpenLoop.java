// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** An open loop: the next request starts on time, however long the last one takes. */
final class OpenLoop {
    private static final int THREADS = 32;

    private OpenLoop() {}

    /**
     * Sends requests at a rate.
     *
     * @param request sends the one with this number, and says whether it went well
     * @throws IllegalStateException if one did not
     */
    static Latencies run(int perSecond, int seconds, IntPredicate request)
            throws InterruptedException {
        long[] nanos = new long[perSecond * seconds];
        AtomicInteger failures = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long start = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            int number = i;
            long due = start + i * Duration.ofSeconds(1).toNanos() / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            threads.execute(
                    () -> {
                        boolean well = request.test(number);
                        nanos[number] = System.nanoTime() - due;
                        if (!well) {
                            failures.incrementAndGet();
                        }
                    });
        }
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES) || failures.get() > 0) {
            throw new IllegalStateException(failures.get() + " requests failed");
        }
        return Latencies.of(nanos);
    }
}
