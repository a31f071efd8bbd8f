// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.store.AfterCommit;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Sends the mails of requests. A place in the queue is reserved inside the request, so that a full
 * queue is an answer and never a lost mail; it is used after the request's transaction has
 * committed, so that no mail speaks of a request that does not exist.
 */
public final class MailOutbox implements AutoCloseable {

    /** For an answer that must be out before its mail is begun. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private final KeycloakSessionFactory sessions;
    private final DeliveryQueue queue;
    private final SmtpTimeouts timeouts;

    /** An outbox with a queue of its own. */
    public MailOutbox(
            KeycloakSessionFactory sessions, DeliveryQueue.Size size, SmtpTimeouts timeouts) {
        this.sessions = sessions;
        this.queue = new DeliveryQueue("mail", size);
        this.timeouts = timeouts;
        Meters.gauge(
                "ciba_mails_queued",
                "Mails of this node that wait, for their turn or for their next try",
                queue::used);
    }

    /**
     * A place for the mail of this request; empty if the queue is full. An unused one goes back
     * with the transaction.
     */
    public Optional<Reservation> reserve(KeycloakSession session) {
        return queue.reserve().map(place -> reserved(session, place));
    }

    private Reservation reserved(KeycloakSession session, DeliveryQueue.Place place) {
        Reservation reservation = new Reservation(place);
        AfterCommit.run(session, reservation::releaseUnused, place::release);
        return reservation;
    }

    /**
     * Sends a test mail in the caller's thread, once; it belongs to no request, so no event tells
     * of it.
     *
     * @throws UndeliveredException if the mail server does not take the mail
     */
    public void sendTestMail(KeycloakSession session, OutgoingMail mail)
            throws UndeliveredException {
        new MailTransport(session, timeouts).send(mail);
    }

    /** Sends what is queued, for as long as the server's grace period allows. */
    @Override
    public void close() {
        queue.close();
    }

    /** A reserved place: used for one mail, or given back when the request's transaction ends. */
    public final class Reservation {
        private final DeliveryQueue.Place place;
        private boolean used;

        private Reservation(DeliveryQueue.Place place) {
            this.place = place;
        }

        /** Sends the mail after the commit. To be called when the request is in the store. */
        public void sendAfterCommit(KeycloakSession session, RequestMail mail) {
            enlist(session, mail, Duration.ZERO);
        }

        /**
         * Sends the mail a moment after the commit: so it does not slow down the answer to the
         * request, whose time could tell that there is something to send.
         */
        public void sendAfterTheAnswer(KeycloakSession session, RequestMail mail) {
            enlist(session, mail, HEAD_START);
        }

        private void enlist(KeycloakSession session, RequestMail mail, Duration delay) {
            used = true;
            MailDelivery delivery = new MailDelivery(sessions, timeouts, mail);
            AfterCommit.run(session, () -> place.submit(delivery, delay));
        }

        /**
         * Sends now, in the caller's thread, once; the place goes back with the transaction.
         *
         * @throws UndeliveredException if the mail server does not take the mail
         */
        public void sendNow(KeycloakSession session, RequestMail mail) throws UndeliveredException {
            new MailDelivery(sessions, timeouts, mail).sendInside(session);
        }

        private void releaseUnused() {
            if (!used) {
                place.release();
            }
        }
    }
}
