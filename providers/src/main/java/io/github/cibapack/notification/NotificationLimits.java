// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.policy.OverCap;
import io.github.cibapack.store.HeldLimits;
import io.github.cibapack.store.LimitSlots;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.store.PendingSlots.Notice;
import io.github.cibapack.store.PendingSlots.Place;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Decides whether a person may be asked once more, before anything is stored. Whoever is let
 * through has been counted; whoever is refused has not.
 */
public final class NotificationLimits {
    private static final Logger LOG = Logger.getLogger(NotificationLimits.class);

    private static final int AFTERLIFE_SECONDS = 60;

    /** What is counted: requests that are mailed, and those that wait in the inbox alone. */
    private static final String PENDING = "pending";

    private static final String INBOX = "inbox";

    /** Whose pending requests are counted where it is everybody's. */
    static final String ALL = "all";

    private final KeycloakSession session;
    private final LimitSlots slots;

    public NotificationLimits(KeycloakSession session) {
        this.session = session;
        this.slots = new LimitSlots(session);
    }

    /**
     * Counts a request. One that is over a cap of pending requests may wait in the inbox, where the
     * policy says so: as many again, without an e-mail.
     *
     * @throws ThrottledException where a limit is reached
     */
    public Admitted take(Asking asking, NotificationPolicy policy) throws ThrottledException {
        NotificationQuestion question = new NotificationQuestion(asking, policy);
        try {
            return new Admitted(mailed(question), Optional.empty());
        } catch (ThrottledException e) {
            if (!e.limit().isPendingCap() || !hasInbox(question)) {
                throw e;
            }
            return new Admitted(
                    inboxOnly(question), Optional.of(new Admitted.Reached(e.policy(), e.limit())));
        }
    }

    private PendingSlots.Slots mailed(NotificationQuestion question) throws ThrottledException {
        Asking asking = question.asking();
        Taken taken = new Taken(session, slots, question);
        Optional<Cooldown> cooldown = cooldown(question);
        if (cooldown.isPresent()) {
            cooldown.get().requireOver(taken);
        }
        Quota quota = new Quota(slots, question);
        if (asking.address().isPresent()) {
            quota.take(taken);
        }
        takePending(taken, question, PENDING);
        if (cooldown.isPresent()) {
            cooldown.get().begin(taken);
        }
        PendingSlots.Slots place = place(taken, question, Notice.MAIL);
        keep(asking, taken.held(quota.day().lifespan()));
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
        Taken taken = new Taken(session, slots, question);
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

    private PendingSlots.Slots inboxOnly(NotificationQuestion question) throws ThrottledException {
        Taken taken = new Taken(session, slots, question);
        takePending(taken, question, INBOX);
        PendingSlots.Slots place = place(taken, question, Notice.INBOX);
        keep(question.asking(), taken.held(AFTERLIFE_SECONDS));
        return place;
    }

    private boolean hasInbox(NotificationQuestion question) {
        if (question.policy().get(NotificationPolicyFactory.OVER_CAP) != OverCap.INBOX
                || question.asking().address().isEmpty()) {
            return false;
        }
        RealmModel realm = session.getContext().getRealm();
        if (LoginClient.of(realm).isEmpty()) {
            LOG.errorf(
                    "Notification policy '%s' of realm '%s' leaves requests to an inbox that nobody"
                            + " can sign in to: check %s of the realm",
                    question.policy().name(), realm.getName(), LoginClient.REALM_ATTRIBUTE);
            return false;
        }
        return true;
    }

    private void keep(Asking asking, HeldLimits.Held held) {
        new HeldLimits(session)
                .keep(asking.requestId(), held, asking.expiresIn() + AFTERLIFE_SECONDS);
    }

    private void takePending(Taken taken, NotificationQuestion question, String kind)
            throws ThrottledException {
        Asking asking = question.asking();
        Optional<Integer> ofClient =
                question.policy().get(NotificationPolicyFactory.PENDING_PER_CLIENT);
        if (ofClient.isPresent()) {
            String counter = slots.counter(kind, asking.clientId());
            pending(taken, asking, counter, ofClient.get(), Limit.PENDING_OF_CLIENT);
        }
        Optional<Integer> ofRealm =
                question.policy().get(NotificationPolicyFactory.PENDING_PER_REALM);
        if (ofRealm.isPresent()) {
            String counter = slots.counter(kind, ALL);
            pending(taken, asking, counter, ofRealm.get(), Limit.PENDING_OF_REALM);
        }
    }

    private static void pending(Taken taken, Asking asking, String counter, int most, Limit limit)
            throws ThrottledException {
        taken.untilDecided(
                taken.require(counter, most, asking.expiresIn(), limit, asking.expiresIn()));
    }

    static String pendingCounter(LimitSlots slots, String whose) {
        return slots.counter(PENDING, whose);
    }

    private PendingSlots.Slots place(Taken taken, NotificationQuestion question, Notice notice)
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
                                notice,
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
