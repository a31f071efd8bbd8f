// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who waits. What is remembered of looks is for those that take long. */
final class Waiter {
    private final PendingWaits.Wait waitsFor;
    private final HeldConnection connection;
    private final CompletableFuture<WaitEnd> done = new CompletableFuture<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lookedAt = System.nanoTime();
    private volatile Future<?> end = CompletableFuture.completedFuture(WaitEnd.TIME_UP);

    Waiter(PendingWaits.Wait waitsFor, HeldConnection connection) {
        this.waitsFor = waitsFor;
        this.connection = connection;
    }

    PendingWaits.Wait waitsFor() {
        return waitsFor;
    }

    CompletableFuture<WaitEnd> done() {
        return done;
    }

    boolean isOver() {
        return done.isDone() || !connection.isOpen();
    }

    /** Has the wait end when its time is up, together with others. */
    void endInTime(ScheduledExecutorService clock, EndTimes together) {
        long deadline = connection.since() + waitsFor.longest().toNanos();
        end =
                clock.schedule(
                        () -> done.complete(WaitEnd.TIME_UP),
                        together.notBefore(deadline, waitsFor.longest()) - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
    }

    /** For a wait that has ended in another way. */
    void cancelTimer() {
        end.cancel(false);
    }

    /** Whether the last look, or the beginning, is so long ago. */
    boolean isDue(Duration every) {
        return System.nanoTime() - lookedAt >= every.toNanos();
    }

    /** One look at a time: false if there is one. */
    boolean beginLook() {
        return looking.compareAndSet(false, true);
    }

    void endLook() {
        lookedAt = System.nanoTime();
        looking.set(false);
    }
}
