// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.store.HeldLimits;
import io.github.cibapack.store.LimitSlots;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.store.PendingSlots.Place;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Decides whether a person may be asked once more, before anything is stored. Whoever is let
 * through has been counted; whoever is refused has not.
 */
public final class NotificationLimits {
    private static final int AFTERLIFE_SECONDS = 60;

    /** Whose pending requests are counted where it is everybody's. */
    static final String ALL = "all";

    private final KeycloakSession session;
    private final LimitSlots slots;

    public NotificationLimits(KeycloakSession session) {
        this.session = session;
        this.slots = new LimitSlots(session);
    }

    /**
     * Counts a request.
     *
     * @return its place among the pending requests of its user
     * @throws ThrottledException where a limit is reached
     */
    public PendingSlots.Slots take(Asking asking, NotificationPolicy policy)
            throws ThrottledException {
        NotificationQuestion question = new NotificationQuestion(asking, policy);
        Taken taken = new Taken(slots, question);
        Optional<Cooldown> cooldown = cooldown(question);
        if (cooldown.isPresent()) {
            cooldown.get().requireOver(taken);
        }
        Quota quota = new Quota(slots, question);
        if (asking.address().isPresent()) {
            quota.take(taken);
        }
        takePending(taken, question);
        if (cooldown.isPresent()) {
            cooldown.get().begin(taken);
        }
        // last, as this one is given back by the transaction only
        PendingSlots.Slots place = place(taken, question);
        new HeldLimits(session)
                .keep(
                        asking.requestId(),
                        taken.held(quota.day().lifespan()),
                        asking.expiresIn() + AFTERLIFE_SECONDS);
        return place;
    }

    /**
     * Counts one more e-mail of a request that has its place already. It is never claimed: a
     * response claims the request's first e-mail.
     *
     * @throws ThrottledException where a limit is reached
     */
    public void takeResend(Asking asking, NotificationPolicy policy) throws ThrottledException {
        NotificationQuestion question = new NotificationQuestion(asking, policy);
        Taken taken = new Taken(slots, question);
        Optional<Cooldown> cooldown = cooldown(question);
        if (cooldown.isPresent()) {
            cooldown.get().requireOver(taken);
        }
        new Quota(slots, question).take(taken);
        if (cooldown.isPresent()) {
            cooldown.get().begin(taken);
        }
    }

    /** Only where an e-mail is about to be sent. */
    private Optional<Cooldown> cooldown(NotificationQuestion question) {
        return question.asking()
                .address()
                .filter(address -> question.policy().get(NotificationPolicyFactory.COOLDOWN))
                .map(address -> new Cooldown(slots, question, address));
    }

    private void takePending(Taken taken, NotificationQuestion question) throws ThrottledException {
        Asking asking = question.asking();
        Optional<Integer> ofClient =
                question.policy().get(NotificationPolicyFactory.PENDING_PER_CLIENT);
        if (ofClient.isPresent()) {
            pending(taken, asking, asking.clientId(), ofClient.get(), Limit.PENDING_OF_CLIENT);
        }
        Optional<Integer> ofRealm =
                question.policy().get(NotificationPolicyFactory.PENDING_PER_REALM);
        if (ofRealm.isPresent()) {
            pending(taken, asking, ALL, ofRealm.get(), Limit.PENDING_OF_REALM);
        }
    }

    private void pending(Taken taken, Asking asking, String whose, int most, Limit limit)
            throws ThrottledException {
        taken.untilDecided(
                taken.require(
                        pendingCounter(slots, whose),
                        most,
                        asking.expiresIn(),
                        limit,
                        asking.expiresIn()));
    }

    static String pendingCounter(LimitSlots slots, String whose) {
        return slots.counter("pending", whose);
    }

    private PendingSlots.Slots place(Taken taken, NotificationQuestion question)
            throws ThrottledException {
        Asking asking = question.asking();
        NotificationPolicy policy = question.policy();
        Place place =
                new PendingSlots(session)
                        .take(
                                asking.clientId(),
                                asking.userId(),
                                asking.requestId(),
                                asking.expiresIn(),
                                new PendingSlots.Caps(
                                        policy.get(NotificationPolicyFactory.PENDING_PER_USER),
                                        policy.pendingPerClientAndUser()));
        if (place instanceof Place.Held held) {
            return held.slots();
        }
        throw taken.refused(
                place instanceof Place.ClientFull
                        ? Limit.PENDING_OF_CLIENT_AND_USER
                        : Limit.PENDING_OF_USER,
                asking.expiresIn());
    }
}
