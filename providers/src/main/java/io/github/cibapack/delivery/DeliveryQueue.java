// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.spi.Scheduler;
import io.github.cibapack.outbound.UndeliveredException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Deliveries of this node: a bounded number of places, a part of the heap and a few workers, of
 * which each realm, and each receiver of a realm, has a {@linkplain Shares share}. A delivery keeps
 * its place until it is over, and holds no worker while it pauses. Held in memory: a node that is
 * killed loses its queue.
 */
public final class DeliveryQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeliveryQueue.class);

    /** Of so much of the heap a queue has one. */
    private static final int PART_OF_HEAP = 16;

    /** For what is queued when the drain is over already: another queue's drain may cause it. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String kind;
    private final Size size;
    private final Shares places;
    private final Shares memory;
    private final Receivers receivers = new Receivers();
    private final Map<String, Set<Place>> queued = new ConcurrentHashMap<>();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final ScheduledThreadPoolExecutor workers;
    private final Turns turns;
    private final AtomicLong end = new AtomicLong();
    private volatile boolean stopping;

    /**
     * How much there is of everything.
     *
     * @param places deliveries that may wait or be on their way at a time
     * @param workers threads
     * @param drain for how long deliveries that are still queued go on when the server stops
     * @param bytes of memory for all that wait or are on their way
     */
    public record Size(int places, int workers, Duration drain, long bytes) {

        /** With a part of this node's heap. */
        public Size(int places, int workers, Duration drain) {
            this(places, workers, drain, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
        }
    }

    /**
     * A queue that starts its workers when they are needed.
     *
     * @param kind of its deliveries, for names of threads and the log
     */
    public DeliveryQueue(String kind, Size size) {
        this.kind = kind;
        this.size = size;
        this.places = new Shares(size.places());
        this.memory = new Shares(size.bytes());
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
        this.turns = new Turns(workers, size.workers(), receivers);
    }

    /** Deliveries that wait or are on their way, and reserved places. */
    public int used() {
        return Math.toIntExact(places.used());
    }

    /**
     * Takes a place for a delivery that is about to be made.
     *
     * @return empty if there is none left to it
     */
    public Optional<Place> reserve(Share receiver) {
        return Optional.of(receivers.shareOf(receiver))
                .filter(share -> places.take(share, 1))
                .map(Place::new);
    }

    /**
     * Takes a delivery.
     *
     * @return false if there is no place for it
     */
    public boolean submit(Delivery delivery) {
        return submit(delivery, Duration.ZERO);
    }

    /**
     * Takes a delivery.
     *
     * @param delay before the first attempt
     * @return false if there is no place for it
     */
    public boolean submit(Delivery delivery, Duration delay) {
        Optional<Place> place = reserve(delivery.load().share());
        if (place.isPresent() && !place.get().holds(delivery.load().bytes())) {
            place.get().release();
            return false;
        }
        place.ifPresent(taken -> taken.submit(delivery, delay));
        return place.isPresent();
    }

    /** What is queued about something gets its next attempt now: it may not be needed any more. */
    public void hurry(String about) {
        queued.getOrDefault(about, Set.of()).forEach(Place::endPause);
    }

    /**
     * Ends all pauses: what is queued gets its last attempt. The time of the drain begins, so that
     * several queues can have theirs at the same time.
     */
    public void stop() {
        if (end.compareAndSet(0, System.nanoTime() + size.drain().toNanos())) {
            stopping = true;
            hurry();
        }
    }

    /** Stops, sends what is queued for as long as the drain lasts, and then gives up. */
    @Override
    public void close() {
        stop();
        try {
            if (!places.awaitUnused(Duration.ofNanos(end.get() - System.nanoTime()))) {
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

    private void hurry() {
        List.copyOf(workers.getQueue()).forEach(this::hurry);
    }

    private boolean hurry(Runnable waiting) {
        boolean isThere = workers.remove(waiting);
        if (isThere) {
            workers.execute(waiting);
        }
        return isThere;
    }

    private ScheduledFuture<?> schedule(Callable<?> attempt, long nanos) {
        ScheduledFuture<?> scheduled = workers.schedule(attempt, nanos, TimeUnit.NANOSECONDS);
        if (stopping && scheduled instanceof Runnable waiting) {
            // the server may have begun to stop after the pause was chosen
            hurry(waiting);
        }
        return scheduled;
    }

    /** Why another attempt follows; empty if none does. */
    private Optional<String> attempt(Delivery delivery) {
        Optional<String> failure = Optional.empty();
        try {
            delivery.attempt();
        } catch (UndeliveredException e) {
            if (e.isPermanent()) {
                delivery.giveUp(e.reason());
            } else {
                failure = Optional.of(e.reason());
            }
        }
        if (delivery.hasCalled()) {
            receivers.tried(delivery.load().share(), failure.isPresent());
        }
        return failure;
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
        private final Share share;
        private final AtomicBoolean taken = new AtomicBoolean(true);
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicReference<ScheduledFuture<?>> next = new AtomicReference<>();
        private final AtomicBoolean hurried = new AtomicBoolean();

        private Place(Share share) {
            this.share = share;
        }

        /** Gives the place back, once. */
        public void release() {
            if (taken.compareAndSet(true, false)) {
                memory.giveBack(share, bytes.get());
                places.giveBack(share, 1);
            }
        }

        /**
         * Takes the memory of the delivery; to be called before it is submitted.
         *
         * @return false if there is too little left to it
         */
        public boolean holds(long ofDelivery) {
            boolean isThere = memory.take(share, ofDelivery);
            if (isThere) {
                bytes.addAndGet(ofDelivery);
            }
            return isThere;
        }

        /**
         * Uses the place for a delivery.
         *
         * @param delay before the first attempt
         */
        public void submit(Delivery delivery, Duration delay) {
            enter(delivery);
            long earliest = System.nanoTime() + delay.toNanos();
            Scheduler scheduler =
                    (task, pause, unit) -> {
                        ScheduledFuture<?> attempt =
                                schedule(
                                        inTurn(delivery.load().share(), task),
                                        Math.max(
                                                unit.toNanos(pause), earliest - System.nanoTime()));
                        next.set(attempt);
                        if (hurried.getAndSet(false)) {
                            endPause();
                        }
                        return attempt;
                    };
            FailsafeExecutor<Optional<String>> attempts =
                    Failsafe.with(delivery.backoff().policy(delivery, () -> stopping))
                            .with(scheduler);
            Future<?> unused =
                    attempts.getAsync(() -> attempt(delivery))
                            .whenComplete(
                                    (reason, failure) -> {
                                        try {
                                            over(delivery, reason, failure);
                                        } finally {
                                            leave(delivery);
                                            release();
                                        }
                                    });
        }

        private void enter(Delivery delivery) {
            deliveries.incrementAndGet();
            receivers.enter(delivery.load().share());
            if (stopping) {
                long least = Math.min(LEAST_NANOS, size.drain().toNanos());
                end.accumulateAndGet(System.nanoTime() + least, Math::max);
            }
            queued.compute(
                    delivery.load().about(),
                    (about, places) -> {
                        Set<Place> with = places == null ? ConcurrentHashMap.newKeySet() : places;
                        with.add(this);
                        return with;
                    });
        }

        private void leave(Delivery delivery) {
            deliveries.decrementAndGet();
            receivers.leave(delivery.load().share());
            queued.computeIfPresent(
                    delivery.load().about(),
                    (about, places) -> places.remove(this) && places.isEmpty() ? null : places);
        }

        private void endPause() {
            if (!(next.get() instanceof Runnable attempt) || !hurry(attempt)) {
                // there is no pause at this moment: the next one is not to be waited for
                hurried.set(true);
            }
        }

        private Callable<?> inTurn(Share whose, Callable<?> task) {
            FutureTask<?> attempt = new FutureTask<>(task);
            return () -> {
                turns.run(whose, attempt);
                return null;
            };
        }
    }
}
