// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.message;

import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.delivery.Share;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.store.AfterCommit;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Sends the messages of one channel. A place in the queue is reserved inside the request, so that a
 * full queue is an answer and never a lost message; it is used after the request's transaction has
 * committed, so that no message speaks of a request that does not exist.
 */
public final class Outbox {

    /** For an answer that must be out before its message is begun. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private final KeycloakSessionFactory sessions;
    private final DeliveryQueue queue;

    public Outbox(KeycloakSessionFactory sessions, DeliveryQueue queue) {
        this.sessions = sessions;
        this.queue = queue;
    }

    /**
     * Takes a message at once, outside of a request.
     *
     * @return false if there is no place for it
     */
    public boolean submit(Envelope envelope) {
        return queue.submit(new MessageDelivery(sessions, envelope));
    }

    /**
     * Takes what belongs to no request, to be sent a moment after the answer, whatever becomes of
     * the transaction.
     *
     * @return false if there is no place for it
     */
    public boolean submitAfterTheAnswer(Delivery delivery) {
        return queue.submit(delivery, HEAD_START);
    }

    /**
     * A place for the message of this request; empty if the queue is full. An unused one goes back
     * with the transaction.
     */
    public Optional<Reservation> reserve(KeycloakSession session) {
        return queue.reserve(Share.of(session.getContext().getRealm().getId()))
                .map(place -> reserved(session, place));
    }

    private Reservation reserved(KeycloakSession session, DeliveryQueue.Place place) {
        Reservation reservation = new Reservation(place);
        AfterCommit.run(session, reservation::releaseUnused, place::release);
        return reservation;
    }

    /** A reserved place: used for one message, or given back when the transaction ends. */
    public final class Reservation {
        private final DeliveryQueue.Place place;
        private MessageDelivery delivery;
        private boolean used;

        private Reservation(DeliveryQueue.Place place) {
            this.place = place;
        }

        /**
         * Takes the message that will use the place, and memory for it; to be called before the
         * request is stored.
         *
         * @return false if there is too little memory
         */
        public boolean holds(Envelope envelope) {
            delivery = new MessageDelivery(sessions, envelope);
            return place.holds(delivery.load().bytes());
        }

        /** Sends the message after the commit. To be called when the request is in the store. */
        public void sendAfterCommit(KeycloakSession session) {
            enlist(session, Duration.ZERO);
        }

        /**
         * Sends the message a moment after the commit: so it does not slow down the answer to the
         * request, whose time could tell that there is something to send.
         */
        public void sendAfterTheAnswer(KeycloakSession session) {
            enlist(session, HEAD_START);
        }

        private void enlist(KeycloakSession session, Duration delay) {
            used = true;
            MessageDelivery held = delivery;
            AfterCommit.run(session, () -> place.submit(held, delay));
        }

        /**
         * Sends the message now, in the caller's thread, once; the place goes back with the
         * transaction.
         *
         * @throws UndeliveredException if the other side does not take the message
         */
        public void sendNow(KeycloakSession session) throws UndeliveredException {
            delivery.sendInside(session);
        }

        private void releaseUnused() {
            if (!used) {
                place.release();
            }
        }
    }
}
