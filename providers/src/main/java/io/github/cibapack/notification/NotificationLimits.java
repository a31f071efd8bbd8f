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
 * through has been counted; whoever is refused has not. One instance serves one request, which may
 * turn out to need an e-mail only when another channel has failed.
 */
public final class NotificationLimits {
    private static final int AFTERLIFE_SECONDS = 60;

    private final KeycloakSession session;
    private final LimitSlots slots;
    private final NotificationQuestion question;
    private final Taken taken;
    private final Quota quota;

    /** The limits of a policy for one request. */
    public NotificationLimits(KeycloakSession session, Asking asking, NotificationPolicy policy) {
        this.session = session;
        this.slots = new LimitSlots(session);
        this.question = new NotificationQuestion(asking, policy);
        this.taken = new Taken(slots, question);
        this.quota = new Quota(slots, question);
    }

    /**
     * Counts a request.
     *
     * @param mail whether an e-mail is about to be sent for it
     * @return its place among the pending requests of its user
     * @throws ThrottledException where a limit is reached
     */
    public PendingSlots.Slots take(boolean mail) throws ThrottledException {
        Optional<Cooldown> cooldown = mail ? cooldown() : Optional.empty();
        if (cooldown.isPresent()) {
            cooldown.get().requireOver(taken);
        }
        if (mail) {
            quota.take(taken);
        }
        takePending();
        if (cooldown.isPresent()) {
            cooldown.get().begin(taken);
        }
        // last, as this one is given back by the transaction only
        return place();
    }

    /**
     * Counts the e-mail of a request that has been counted without one.
     *
     * @throws ThrottledException where a limit is reached
     */
    public void takeMail() throws ThrottledException {
        Optional<Cooldown> cooldown = cooldown();
        if (cooldown.isPresent()) {
            cooldown.get().requireOver(taken);
        }
        quota.take(taken);
        if (cooldown.isPresent()) {
            cooldown.get().begin(taken);
        }
    }

    /** Keeps what was taken beside the request, until it is decided. To be called once. */
    public void keep() {
        Asking asking = question.asking();
        new HeldLimits(session)
                .keep(
                        asking.requestId(),
                        taken.held(quota.day().lifespan()),
                        asking.expiresIn() + AFTERLIFE_SECONDS);
    }

    /** Gives back what was taken, as nobody is asked after all. */
    public void giveBack() {
        taken.giveBack();
    }

    private Optional<Cooldown> cooldown() {
        return question.asking()
                .address()
                .filter(address -> question.policy().get(NotificationPolicyFactory.COOLDOWN))
                .map(address -> new Cooldown(slots, question, address));
    }

    private void takePending() throws ThrottledException {
        Asking asking = question.asking();
        Optional<Integer> ofClient =
                question.policy().get(NotificationPolicyFactory.PENDING_PER_CLIENT);
        if (ofClient.isPresent()) {
            pending(asking, asking.clientId(), ofClient.get(), Limit.PENDING_OF_CLIENT);
        }
        Optional<Integer> ofRealm =
                question.policy().get(NotificationPolicyFactory.PENDING_PER_REALM);
        if (ofRealm.isPresent()) {
            pending(asking, "all", ofRealm.get(), Limit.PENDING_OF_REALM);
        }
    }

    private void pending(Asking asking, String whose, int most, Limit limit)
            throws ThrottledException {
        taken.untilDecided(
                taken.require(
                        slots.counter("pending", whose),
                        most,
                        asking.expiresIn(),
                        limit,
                        asking.expiresIn()));
    }

    private PendingSlots.Slots place() throws ThrottledException {
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
