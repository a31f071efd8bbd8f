// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody who waits. What is remembered of looks is for who looks. */
final class Waiter {
    /**
     * Waits end together, so late at most. A server that wakes up for each of them, and for the
     * poll that follows, takes twice the processor time.
     */
    private static final Duration TOGETHER = Duration.ofMillis(50);

    private final PendingWaits.Wait waitsFor;
    private final HeldConnection connection;
    private final int mark;
    private final CompletableFuture<WaitEnd> done = new CompletableFuture<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long lookedAt = System.nanoTime();
    private volatile boolean looked;
    private volatile Future<?> end = CompletableFuture.completedFuture(WaitEnd.TIME_UP);

    Waiter(PendingWaits.Wait waitsFor, HeldConnection connection) {
        this.waitsFor = waitsFor;
        this.connection = connection;
        this.mark = waitsFor.requestId().map(ChangeMarks::number).orElse(0);
    }

    PendingWaits.Wait waitsFor() {
        return waitsFor;
    }

    /** The number of the mark of its request, if looking is quick. */
    int mark() {
        return mark;
    }

    CompletableFuture<WaitEnd> done() {
        return done;
    }

    boolean isOver() {
        return done.isDone() || !connection.isOpen();
    }

    /** Has the wait end when its time is up. */
    void endInTime(ScheduledExecutorService clock) {
        long deadline = connection.since() + waitsFor.longest().toNanos();
        long together = deadline + Math.floorMod(-deadline, TOGETHER.toNanos());
        end =
                clock.schedule(
                        () -> done.complete(WaitEnd.TIME_UP),
                        together - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
    }

    /** For a wait that has ended in another way. */
    void cancelTimer() {
        end.cancel(false);
    }

    /** Whether looking takes long. */
    boolean isSlow() {
        return waitsFor.look().every().isPresent();
    }

    /** Whether somebody has looked since it waits: what fell just before it is seen only so. */
    boolean wasLookedFor() {
        return looked;
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
        looked = true;
        looking.set(false);
    }
}
