// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.webhook;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.outbound.OutboundException;
import io.github.cibapack.time.ServerClock;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The webhook calls of this node: tried again with growing pauses until the other side answers 2xx,
 * a day has passed or the node stops. Held in memory and bounded: what finds no place is lost, and
 * counted.
 */
public final class WebhookQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WebhookQueue.class);

    private static final long FIRST_PAUSE_SECONDS = 1;
    private static final long LONGEST_PAUSE_SECONDS = 900;
    private static final long DAY_SECONDS = 86_400;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final int capacity;
    private final Semaphore places;
    private final ScheduledThreadPoolExecutor workers;

    /**
     * A queue that starts its workers when they are needed.
     *
     * @param capacity calls that may be on their way at a time, waiting ones included
     * @param threads workers
     */
    public WebhookQueue(int capacity, int threads) {
        this.capacity = capacity;
        this.places = new Semaphore(capacity);
        AtomicInteger number = new AtomicInteger();
        this.workers =
                new ScheduledThreadPoolExecutor(
                        threads,
                        task -> {
                            Thread worker =
                                    new Thread(task, "ciba-webhook-" + number.incrementAndGet());
                            worker.setDaemon(true);
                            return worker;
                        });
        workers.setKeepAliveTime(1, TimeUnit.MINUTES);
        workers.allowCoreThreadTimeOut(true);
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Calls that are on their way. */
    public int size() {
        return capacity - places.availablePermits();
    }

    /** Takes a call; to be called after the commit of what it tells. */
    public void accept(Webhook webhook) {
        if (places.tryAcquire()) {
            schedule(webhook, 0, FIRST_PAUSE_SECONDS);
        } else {
            Meters.webhook(webhook.realm(), "lost");
            LOG.warnf("Too many webhook calls wait: event %s is not told", webhook.eventId());
        }
    }

    private void schedule(Webhook webhook, long delay, long pause) {
        try {
            Future<?> unused =
                    workers.schedule(() -> attempt(webhook, pause), delay, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            places.release();
            LOG.warnf("Server is stopping: event %s is not told", webhook.eventId());
        }
    }

    private void attempt(Webhook webhook, long pause) {
        boolean again = false;
        try {
            again = !isTaken(webhook) && mayTryAgain(webhook, pause);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "The webhook call of event %s failed: %s",
                    webhook.eventId(), e.getClass().getSimpleName());
        } finally {
            if (!again) {
                places.release();
            }
        }
        if (again) {
            Meters.webhook(webhook.realm(), "retried");
            schedule(webhook, pause, Math.min(2 * pause, LONGEST_PAUSE_SECONDS));
        }
    }

    /** Whether it is over with this call: taken, or never possible. */
    private static boolean isTaken(Webhook webhook) {
        try {
            boolean taken =
                    webhook.client()
                            .post(
                                    webhook.url(),
                                    "application/json",
                                    webhook.body(),
                                    webhook.headers())
                            .isSuccess();
            if (taken) {
                Meters.webhook(webhook.realm(), "delivered");
            }
            return taken;
        } catch (OutboundException e) {
            if (e.failure().isWorthRetrying()) {
                return false;
            }
            Meters.webhook(webhook.realm(), "given_up");
            LOG.warnf(
                    "The webhook of event %s cannot be called: %s", webhook.eventId(), e.failure());
            return true;
        }
    }

    private static boolean mayTryAgain(Webhook webhook, long pause) {
        if (ServerClock.seconds() + pause < webhook.since() + DAY_SECONDS) {
            return true;
        }
        Meters.webhook(webhook.realm(), "given_up");
        LOG.warnf("The webhook of event %s was not taken within a day", webhook.eventId());
        return false;
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(GOODBYE.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
