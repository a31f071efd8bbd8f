// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.audit.Redacted;
import io.github.cibapack.outbound.OutboundAnswer;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundException;
import io.github.cibapack.outbound.OutboundLimits;
import io.github.cibapack.time.ServerClock;

import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pings of this node: sent once the decision is committed, tried again with growing pauses for
 * as long as the request lives. Held in memory: a node that stops forgets them, and the relying
 * party finds the decision when it polls.
 */
final class PingQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PingQueue.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_SECONDS = 1;
    private static final long LONGEST_PAUSE_SECONDS = 60;

    private final PingLog log;
    private final Semaphore places;
    private final ScheduledThreadPoolExecutor workers;

    /**
     * A queue that starts its workers when they are needed.
     *
     * @param capacity pings that may be on their way at a time, waiting ones included
     * @param threads workers
     */
    PingQueue(PingLog log, int capacity, int threads) {
        this.log = log;
        this.places = new Semaphore(capacity);
        AtomicInteger number = new AtomicInteger();
        this.workers =
                new ScheduledThreadPoolExecutor(
                        threads, task -> new Thread(task, "ciba-ping-" + number.incrementAndGet()));
        workers.setKeepAliveTime(1, TimeUnit.MINUTES);
        workers.allowCoreThreadTimeOut(true);
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void sendAfterCommit(KeycloakSession session, Ping ping, OutboundClient client) {
        session.getTransactionManager()
                .enlistAfterCompletion(
                        new AbstractKeycloakTransaction() {
                            @Override
                            protected void commitImpl() {
                                accept(ping, client.within(limits()));
                            }

                            @Override
                            protected void rollbackImpl() {
                                // nothing was decided
                            }
                        });
    }

    private static OutboundLimits limits() {
        return OutboundLimits.DEFAULT.withTotal(TIME_LIMIT);
    }

    private void accept(Ping ping, OutboundClient client) {
        if (places.tryAcquire()) {
            schedule(ping, client, 0, FIRST_PAUSE_SECONDS);
        } else {
            LOG.warnf(
                    "Too many pings are on their way: request %s is not notified", ping.shownId());
        }
    }

    private void schedule(Ping ping, OutboundClient client, long delay, long pause) {
        try {
            Future<?> unused =
                    workers.schedule(() -> attempt(ping, client, pause), delay, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            places.release();
            LOG.warnf("Server is stopping: request %s is not notified", ping.shownId());
        }
    }

    private void attempt(Ping ping, OutboundClient client, long pause) {
        boolean again = false;
        try {
            PingResult result = send(ping, client);
            if (result instanceof PingResult.Later later
                    && ServerClock.seconds() + pause < ping.expiresAt()) {
                LOG.debugf("Ping of request %s: %s, again later", ping.shownId(), later.reason());
                again = true;
            } else {
                log.write(ping, result);
            }
        } catch (RuntimeException e) {
            LOG.errorf(Redacted.of(e), "The ping of request %s failed", ping.shownId());
        } finally {
            if (!again) {
                places.release();
            }
        }
        if (again) {
            schedule(ping, client, pause, Math.min(2 * pause, LONGEST_PAUSE_SECONDS));
        }
    }

    /** CIBA Core §10.2: nothing but the id, and the client's token. */
    private static PingResult send(Ping ping, OutboundClient client) {
        String body =
                JsonSerialization.createObjectNode()
                        .put("auth_req_id", ping.authReqId())
                        .toString();
        try {
            OutboundAnswer answer =
                    client.post(
                            ping.endpoint(),
                            "application/json",
                            body,
                            Map.of("Authorization", "Bearer " + ping.token()));
            return PingResult.of(answer);
        } catch (OutboundException e) {
            return PingResult.of(e);
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
