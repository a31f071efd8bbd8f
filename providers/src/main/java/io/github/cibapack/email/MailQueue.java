// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.time.ServerClock;

import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends mail behind the acknowledgement's back: a bounded queue and a few workers per node. A place
 * is reserved inside the request, so that a full queue is an answer and never a lost mail; it is
 * used after the request's transaction has committed, so that no mail speaks of a request that is
 * not there. A mail that waits for its next try keeps its place and holds no worker.
 */
public final class MailQueue implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MailQueue.class);

    /** For an answer that must be out before its mail is begun. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private final KeycloakSessionFactory sessions;
    private final Size size;
    private final TimeLimits limits;
    private final Semaphore places;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor pauses;
    private final Set<Delivery> pausing = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /**
     * How much there is of everything.
     *
     * @param places mails that may wait or be on their way at a time
     * @param workers threads that send
     * @param drainSeconds how long {@link #close()} waits for mails that are still queued
     */
    public record Size(int places, int workers, int drainSeconds) {}

    /** A queue that starts its workers when they are needed. */
    public MailQueue(KeycloakSessionFactory sessions, Size size, TimeLimits limits) {
        this.sessions = sessions;
        this.size = size;
        this.limits = limits;
        this.places = new Semaphore(size.places());
        AtomicInteger number = new AtomicInteger();
        this.workers =
                new ThreadPoolExecutor(
                        size.workers(),
                        size.workers(),
                        1,
                        TimeUnit.MINUTES,
                        new LinkedBlockingQueue<>(),
                        task -> new Thread(task, "ciba-mail-" + number.incrementAndGet()));
        workers.allowCoreThreadTimeOut(true);
        this.pauses =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread clock = new Thread(task, "ciba-mail-pauses");
                            clock.setDaemon(true);
                            return clock;
                        });
        pauses.setRemoveOnCancelPolicy(true);
        Meters.gauge(
                "ciba_mails_queued",
                "Mails of this node that wait, for their turn or for their next try",
                () -> size.places() - places.availablePermits());
    }

    /**
     * A place in the queue for the mail of this request, or nothing where it is full. Asked again
     * in the same request, it is the same place; what is not used goes back with the transaction.
     */
    public Optional<Place> reserve(KeycloakSession session) {
        Place reserved = session.getAttribute(Place.class.getName(), Place.class);
        if (reserved != null && reserved.delivery == null) {
            return Optional.of(reserved);
        }
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        Place place = new Place();
        session.setAttribute(Place.class.getName(), place);
        session.getTransactionManager()
                .enlistAfterCompletion(afterCommit(place::releaseUnused, places::release));
        return Optional.of(place);
    }

    /**
     * Hands a test mail over in the caller's thread, once; it is no request's, so no event tells of
     * it.
     *
     * @throws UndeliveredException where the mail server does not take the mail
     */
    public void handTestMail(KeycloakSession session, Envelope envelope)
            throws UndeliveredException {
        new Postman(session, limits).hand(envelope);
    }

    /**
     * Sends what is queued, for as long as the server's grace period allows, then gives up. Mails
     * that wait for another try get it now, as there will be no later.
     */
    @Override
    public void close() {
        closing = true;
        pauses.shutdownNow();
        pausing.forEach(this::submitPaused);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(size.drainSeconds(), TimeUnit.SECONDS)) {
                int lost = workers.shutdownNow().size();
                LOG.warnf("%d CIBA mails were not sent before the server stopped", lost);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Delivery delivery) {
        try {
            workers.execute(() -> attempt(delivery));
        } catch (RejectedExecutionException e) {
            places.release();
            LOG.warnf(
                    "Server is stopping: the mail of request %s was not sent",
                    delivery.envelope().authReqId());
        }
    }

    private void submitPaused(Delivery delivery) {
        if (pausing.remove(delivery)) {
            submit(delivery);
        }
    }

    private void attempt(Delivery delivery) {
        boolean again = false;
        try {
            again = delivery.attempt() == Delivery.Result.TRY_AGAIN && pause(delivery);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "The mail of request %s is lost: %s",
                    delivery.envelope().authReqId(), e.getClass().getSimpleName());
        } finally {
            if (!again) {
                places.release();
            }
        }
    }

    /** Puts the next try on the clock, or ends the request where none is left. */
    private boolean pause(Delivery delivery) {
        Optional<Duration> pause =
                closing
                        ? Optional.empty()
                        : new RetryPauses(delivery.envelope())
                                .next(delivery.tries(), ServerClock.seconds());
        if (pause.filter(rest -> submitLater(delivery, rest)).isPresent()) {
            return true;
        }
        delivery.giveUp();
        return false;
    }

    /** Puts a delivery on the clock; not so where the server has begun to stop. */
    private boolean submitLater(Delivery delivery, Duration pause) {
        pausing.add(delivery);
        try {
            Future<?> unused =
                    pauses.schedule(
                            () -> submitPaused(delivery), pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            // whoever takes it off has it: the one who stops the queue may have been faster
            return !pausing.remove(delivery);
        }
    }

    private void submitAfterTheAnswer(Delivery delivery) {
        if (!submitLater(delivery, HEAD_START)) {
            submit(delivery);
        }
    }

    private static AbstractKeycloakTransaction afterCommit(Runnable commit, Runnable rollback) {
        return new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                commit.run();
            }

            @Override
            protected void rollbackImpl() {
                rollback.run();
            }
        };
    }

    /** A reserved place: used for one mail, or given back when the request's transaction ends. */
    public final class Place {
        private Delivery delivery;

        private Place() {}

        /**
         * Hands the mail over when the session's transaction has committed. To be called when the
         * request is in the store, as the embedded cache is written after the commit, too, in the
         * order of enlistment.
         */
        public void sendAfterCommit(KeycloakSession session, Envelope envelope) {
            enlist(session, envelope, MailQueue.this::submit);
        }

        /**
         * The same, a moment later: so the sending does not slow down the answer to the request,
         * whose time could tell that there is something to send.
         */
        public void sendAfterTheAnswer(KeycloakSession session, Envelope envelope) {
            enlist(session, envelope, MailQueue.this::submitAfterTheAnswer);
        }

        private void enlist(
                KeycloakSession session, Envelope envelope, Consumer<Delivery> submission) {
            Delivery queued = new Delivery(sessions, limits, envelope);
            delivery = queued;
            session.getTransactionManager()
                    .enlistAfterCompletion(afterCommit(() -> submission.accept(queued), () -> {}));
        }

        /**
         * Sends now, in the caller's thread, once; the place goes back with the transaction.
         *
         * @throws UndeliveredException where the mail server does not take the mail
         */
        public void sendNow(KeycloakSession session, Envelope envelope)
                throws UndeliveredException {
            new Delivery(sessions, limits, envelope).attemptInside(session);
        }

        private void releaseUnused() {
            if (delivery == null) {
                places.release();
            }
        }
    }
}
