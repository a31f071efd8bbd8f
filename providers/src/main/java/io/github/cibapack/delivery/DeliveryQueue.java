// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.spi.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Deliveries of this node: a bounded number of places and a few workers. A delivery keeps its place
 * until it is over, and holds no worker while it pauses. Held in memory: a node that is killed
 * loses its queue.
 */
public final class DeliveryQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeliveryQueue.class);

    private final String kind;
    private final Size size;
    private final Semaphore places;
    private final AtomicInteger deliveries = new AtomicInteger();
    private final ScheduledThreadPoolExecutor workers;
    private volatile boolean closed;

    /**
     * How much there is of everything.
     *
     * @param places deliveries that may wait or be on their way at a time
     * @param workers threads
     * @param drain for how long {@link #close()} waits for deliveries that are still queued
     */
    public record Size(int places, int workers, Duration drain) {}

    /**
     * A queue that starts its workers when they are needed.
     *
     * @param kind of its deliveries, for names of threads and the log
     */
    public DeliveryQueue(String kind, Size size) {
        this.kind = kind;
        this.size = size;
        this.places = new Semaphore(size.places());
        AtomicInteger number = new AtomicInteger();
        this.workers =
                new ScheduledThreadPoolExecutor(
                        size.workers(),
                        task -> {
                            Thread worker =
                                    new Thread(
                                            task, "ciba-" + kind + "-" + number.incrementAndGet());
                            worker.setDaemon(true);
                            return worker;
                        });
        workers.setKeepAliveTime(1, TimeUnit.MINUTES);
        workers.allowCoreThreadTimeOut(true);
        workers.setRemoveOnCancelPolicy(true);
    }

    /** Deliveries that wait or are on their way, and reserved places. */
    public int used() {
        return size.places() - places.availablePermits();
    }

    /** Takes a place for a delivery that is about to be made; empty if there is none. */
    public Optional<Place> reserve() {
        return places.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }

    /**
     * Takes a delivery.
     *
     * @return false if there is no place for it
     */
    public boolean submit(Delivery delivery) {
        Optional<Place> place = reserve();
        place.ifPresent(taken -> taken.submit(delivery, Duration.ZERO));
        return place.isPresent();
    }

    /**
     * Sends what is queued, for as long as the drain lasts, then gives up. A delivery that pauses
     * gets its last attempt now.
     */
    @Override
    public void close() {
        closed = true;
        hurry();
        try {
            if (places.tryAcquire(size.places(), size.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(size.places());
            } else {
                warnOfDeliveries();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }

    /** A place that is reserved for a delivery that nobody has made is none. */
    private void warnOfDeliveries() {
        int left = deliveries.get();
        if (left > 0) {
            LOG.warnf("%d CIBA %ss were not sent before the server stopped", left, kind);
        }
    }

    /** Ends all pauses. */
    private void hurry() {
        for (Runnable waiting : List.copyOf(workers.getQueue())) {
            if (workers.remove(waiting)) {
                workers.execute(waiting);
            }
        }
    }

    private ScheduledFuture<?> schedule(Callable<?> attempt, long nanos) {
        ScheduledFuture<?> scheduled = workers.schedule(attempt, nanos, TimeUnit.NANOSECONDS);
        if (closed) {
            // the queue may have been closed after the pause was chosen
            hurry();
        }
        return scheduled;
    }

    private void over(Delivery delivery, Optional<String> reason, Throwable failure) {
        try {
            if (failure != null) {
                LOG.errorf("%s is lost: %s", delivery.label(), failure.getClass().getSimpleName());
            } else {
                reason.ifPresent(delivery::giveUp);
            }
        } catch (RuntimeException e) {
            LOG.errorf("%s is lost: %s", delivery.label(), e.getClass().getSimpleName());
        }
    }

    /** A place in the queue: used for one delivery, or given back. */
    public final class Place {
        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place() {}

        /** Gives the place back, once. */
        public void release() {
            if (taken.compareAndSet(true, false)) {
                places.release();
            }
        }

        /**
         * Uses the place for a delivery.
         *
         * @param delay before the first attempt
         */
        public void submit(Delivery delivery, Duration delay) {
            deliveries.incrementAndGet();
            long earliest = System.nanoTime() + delay.toNanos();
            Scheduler scheduler =
                    (task, pause, unit) ->
                            schedule(
                                    task,
                                    Math.max(unit.toNanos(pause), earliest - System.nanoTime()));
            FailsafeExecutor<Optional<String>> attempts =
                    Failsafe.with(delivery.backoff().policy(delivery, () -> closed))
                            .with(scheduler);
            Future<?> unused =
                    attempts.getAsync(delivery::attempt)
                            .whenComplete(
                                    (reason, failure) -> {
                                        try {
                                            over(delivery, reason, failure);
                                        } finally {
                                            deliveries.decrementAndGet();
                                            release();
                                        }
                                    });
        }
    }
}
