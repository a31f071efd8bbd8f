// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Sends mail behind the acknowledgement's back: a bounded queue and a few workers per node. A place
 * is reserved inside the request, so that a full queue is an answer and never a lost mail; it is
 * used after the request's transaction has committed, so that no mail speaks of a request that is
 * not there.
 */
public final class MailQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MailQueue.class);

    private final KeycloakSessionFactory sessions;
    private final Semaphore places;
    private final ThreadPoolExecutor workers;
    private final long drainSeconds;

    /**
     * A queue that starts its workers when they are needed.
     *
     * @param capacity mails that may wait or be on their way at a time
     * @param threads workers
     * @param drainSeconds how long {@link #close()} waits for mails that are still queued
     */
    public MailQueue(
            KeycloakSessionFactory sessions, int capacity, int threads, long drainSeconds) {
        this.sessions = sessions;
        this.places = new Semaphore(capacity);
        this.drainSeconds = drainSeconds;
        AtomicInteger number = new AtomicInteger();
        this.workers =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        1,
                        TimeUnit.MINUTES,
                        new LinkedBlockingQueue<>(),
                        task -> new Thread(task, "ciba-mail-" + number.incrementAndGet()));
        workers.allowCoreThreadTimeOut(true);
    }

    /** A place in the queue, or nothing where it is full. */
    public Optional<Place> reserve() {
        return places.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }

    /** Sends what is queued, for as long as the server's grace period allows, then gives up. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(drainSeconds, TimeUnit.SECONDS)) {
                int lost = workers.shutdownNow().size();
                LOG.warnf("%d CIBA mails were not sent before the server stopped", lost);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A reserved place: used for one mail, or given back. */
    public final class Place {
        private Place() {}

        /** Hands the mail over when the session's transaction has committed. */
        public void sendAfterCommit(KeycloakSession session, Envelope envelope) {
            session.getTransactionManager()
                    .enlistAfterCompletion(
                            new AbstractKeycloakTransaction() {
                                @Override
                                protected void commitImpl() {
                                    submit(envelope);
                                }

                                @Override
                                protected void rollbackImpl() {
                                    release();
                                }
                            });
        }

        /** Gives the place back unused. */
        public void release() {
            places.release();
        }

        private void submit(Envelope envelope) {
            try {
                workers.execute(
                        () -> {
                            try {
                                new Delivery(sessions, envelope).run();
                            } finally {
                                release();
                            }
                        });
            } catch (RejectedExecutionException e) {
                release();
                LOG.warnf(
                        "Server is stopping: the mail of request %s was not sent",
                        envelope.authReqId());
            }
        }
    }
}
