// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A closed loop: sixteen callers, each of whom calls again as soon as there is an answer. */
final class ClosedLoop {
    static final int CALLERS = 16;

    /** From an answer to the next poll of a request whose interval is a second. */
    static final Duration INTERVAL = Duration.ofMillis(1050);

    /** Keycloak's store now and then keeps an entry a little longer than it was told to. */
    private static final int POLLS_FOR_ONE_TOO_EARLY = 1000;

    private ClosedLoop() {}

    /**
     * What calls cost.
     *
     * @param calls how many were made
     * @param perSecond calls
     * @param micros processor time of the server for each, in microseconds
     */
    record Cost(long calls, double perSecond, double micros) {
        static final Cost NONE = new Cost(0, 1, 0);

        /** What these and those have cost. */
        Cost and(Cost more) {
            long both = calls + more.calls;
            double seconds = calls / perSecond + more.calls / more.perSecond;
            return new Cost(
                    both,
                    both / seconds,
                    (calls * micros + more.calls * more.micros) / Math.max(1, both));
        }
    }

    /** Makes the same call again and again; one that goes wrong ends the measurement. */
    static Cost of(Contestant server, Duration time, Runnable call) throws InterruptedException {
        return run(server, time, caller -> call);
    }

    /** Makes whole requests, each caller one after the other. */
    static Cost ofApproved(Contestant server, Duration time) throws InterruptedException {
        return run(server, time, caller -> () -> server.approved(caller));
    }

    /** Polls requests in turn, none of them before its interval is over. */
    static Cost ofPolls(Contestant server, Duration time, List<Contestant.Pending> requests)
            throws InterruptedException {
        AtomicLong early = new AtomicLong();
        Cost cost = run(server, time, caller -> new Poller(requests, caller, early));
        requireFew(early.get(), cost.calls());
        return cost;
    }

    /** Ends the measurement if more than one in a thousand polls was refused as too early. */
    static void requireFew(long early, long polls) {
        if (early > 1 + polls / POLLS_FOR_ONE_TOO_EARLY) {
            throw new IllegalStateException(
                    early + " of " + polls + " polls were refused as too early");
        }
    }

    private interface Callers {
        Runnable caller(int number);
    }

    private static Cost run(Contestant server, Duration time, Callers callers)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        double before = server.processorSeconds();
        long began = System.nanoTime();
        long end = began + time.toNanos();
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Runnable caller = callers.caller(i);
            all.add(threads.submit(() -> calls(caller, end)));
        }
        threads.shutdown();
        long calls = 0;
        for (Future<Long> one : all) {
            calls += result(one);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Cost(
                calls,
                calls / seconds,
                (server.processorSeconds() - before) * 1e6 / Math.max(1, calls));
    }

    private static long calls(Runnable caller, long end) {
        long calls = 0;
        while (System.nanoTime() - end < 0) {
            caller.run();
            calls++;
        }
        return calls;
    }

    private static long result(Future<Long> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static final class Poller implements Runnable {
        private final List<Contestant.Pending> mine = new ArrayList<>();
        private final AtomicLong early;
        private final long[] due;
        private int next;

        Poller(List<Contestant.Pending> requests, int caller, AtomicLong early) {
            this.early = early;
            for (int i = caller; i < requests.size(); i += CALLERS) {
                mine.add(requests.get(i));
            }
            due = new long[mine.size()];
            Arrays.fill(due, System.nanoTime());
        }

        @Override
        public void run() {
            for (long left = left(); left > 0; left = left()) {
                LockSupport.parkNanos(left);
            }
            if (!mine.get(next).poll()) {
                early.incrementAndGet();
            }
            // counted from the answer: the server may have looked at the call just before it
            due[next] = System.nanoTime() + INTERVAL.toNanos();
            next = (next + 1) % mine.size();
        }

        private long left() {
            return due[next] - System.nanoTime();
        }
    }
}
