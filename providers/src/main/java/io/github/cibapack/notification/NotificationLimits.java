// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.policy.OverCapAction;
import io.github.cibapack.request.ReservedSlots;
import io.github.cibapack.store.KeptMemory;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.store.PendingSlots.Notice;
import io.github.cibapack.store.PendingSlots.Place;
import io.github.cibapack.store.RollbackCompensation;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Decides whether a user may be asked once more, before anything is stored. A request that is let
 * through has been counted; one that is refused has not. One instance serves one request, which may
 * turn out to need an e-mail only when another channel has failed.
 */
public final class NotificationLimits {
    private static final Logger LOG = Logger.getLogger(NotificationLimits.class);

    /** What is counted: requests that are mailed, and those that wait in the inbox alone. */
    private static final String PENDING = "pending";

    private static final String INBOX = "inbox";

    /** The counter of the pending requests of all clients. */
    static final String ALL = "all";

    private final KeycloakSession session;
    private final NumberedSlots slots;
    private final KeptMemory memory;
    private final PendingSlots places;
    private final NotificationAttempt attempt;
    private final Quota quota;
    private final SlotReservation taken;
    private Optional<PendingSlots.Slots> place = Optional.empty();
    private Optional<Limit> overCap = Optional.empty();

    public NotificationLimits(KeycloakSession session, NotificationAttempt attempt) {
        this(
                session,
                new NumberedSlots(session),
                new KeptMemory(session),
                new PendingSlots(session),
                attempt);
        RollbackCompensation.release(session, taken::taken);
    }

    NotificationLimits(
            KeycloakSession session,
            NumberedSlots slots,
            KeptMemory memory,
            PendingSlots places,
            NotificationAttempt attempt) {
        this.session = session;
        this.slots = slots;
        this.memory = memory;
        this.places = places;
        this.attempt = attempt;
        this.quota = new Quota(slots, attempt);
        this.taken = new SlotReservation(slots, attempt);
    }

    /**
     * Counts a request. One that is over a cap of pending requests may wait in the inbox, where the
     * policy says so: as many again, without an e-mail.
     *
     * @param mail whether an e-mail is about to be sent for it
     * @throws ThrottledException if a limit is reached
     */
    public void take(boolean mail) throws ThrottledException {
        try {
            takeAll(mail);
        } catch (ThrottledException e) {
            // what was taken before has been given back
            if (isOfNobody(e)) {
                takePending(PENDING);
            } else if (mail && e.limit().isPendingCap() && hasInbox()) {
                takePending(INBOX);
                takePlace(Notice.INBOX);
                overCap = Optional.of(e.limit());
            } else {
                throw e;
            }
        }
    }

    /**
     * A user who does not exist has no limits that could refuse the request: a refusal would tell
     * that. Limits of client, realm and server hold.
     */
    private boolean isOfNobody(ThrottledException e) {
        return attempt.nobody() && e.limit().dependsOnUser();
    }

    /** If another channel asks, the request counts as pending, and no e-mail does. */
    private void takeAll(boolean mail) throws ThrottledException {
        if (mail) {
            takeMail(() -> takePending(PENDING));
        } else {
            takePending(PENDING);
        }
        takePlace(Notice.MAIL);
    }

    /**
     * Counts one more e-mail of a request that has its place already: because another channel has
     * failed, or once more. The latter is never claimed: a response claims what {@link #reserved}
     * has told.
     *
     * @throws ThrottledException if a limit is reached
     */
    public void takeMail() throws ThrottledException {
        try {
            takeMail(() -> {});
        } catch (ThrottledException e) {
            if (!isOfNobody(e)) {
                throw e;
            }
            // what was taken before has been given back, the place aside
            takePending(PENDING);
        }
    }

    /** What else is counted, of limits that may be reached. */
    private interface More {
        void take() throws ThrottledException;
    }

    /** The next pause begins when all of this is counted. */
    private void takeMail(More more) throws ThrottledException {
        Optional<Pauses> pauses = pauses(slots, attempt);
        if (pauses.isPresent()) {
            pauses.get().requireOver(taken);
        }
        quota.take(taken);
        more.take();
        if (pauses.isPresent()) {
            pauses.get().begin(taken);
        }
    }

    /** Whether the request is over a cap and waits in the inbox, without an e-mail. */
    public boolean isInboxOnly() {
        return overCap.isPresent();
    }

    /** Tells the admin that a request waits in the inbox, and which cap it is over. */
    public void describe(EventBuilder event) {
        overCap.ifPresent(
                limit ->
                        event.detail(CibaEvents.INBOX_ONLY, "true")
                                .detail(CibaEvents.NOTIFICATION_POLICY, attempt.policy().name())
                                .detail(CibaEvents.COUNTER, limit.detail()));
    }

    /** What the request holds of limits until it is decided. */
    public ReservedSlots reserved() {
        return taken.reserved(place, quota.day().lifespan());
    }

    /** Gives back what was taken, as the user is not asked after all. */
    public void giveBack() {
        taken.giveBack();
    }

    /** Gives the place back as well, if the transaction commits: a rollback does by itself. */
    public void giveBackPlace() {
        place.ifPresent(places::giveBack);
    }

    /** The pauses of a client and a person, if the policy has any and the user an address. */
    static Optional<Pauses> pauses(NumberedSlots slots, NotificationAttempt attempt) {
        NotificationPolicy policy = attempt.policy();
        if (policy.get(NotificationPolicyFactory.COOLDOWN)) {
            return attempt.address().map(known -> new Cooldown(slots, attempt));
        }
        return policy.get(NotificationPolicyFactory.GROWING_PAUSES)
                ? attempt.address().map(known -> new Growing(slots, attempt))
                : Optional.empty();
    }

    private boolean hasInbox() {
        if (attempt.policy().get(NotificationPolicyFactory.OVER_CAP) != OverCapAction.INBOX) {
            return false;
        }
        RealmModel realm = session.getContext().getRealm();
        if (LoginClient.of(realm).isEmpty()) {
            LOG.errorf(
                    "Notification policy '%s' of realm '%s' leaves requests to an inbox that nobody"
                            + " can sign in to: check %s of the realm",
                    attempt.policy().name(), realm.getName(), LoginClient.REALM_ATTRIBUTE);
            return false;
        }
        return true;
    }

    /** The limits that hold for existing and decoy users alike. */
    private void takePending(String kind) throws ThrottledException {
        NotificationPolicy policy = attempt.policy();
        pending(
                slots.counter(kind, attempt.clientId()),
                policy.get(NotificationPolicyFactory.PENDING_PER_CLIENT),
                Limit.PENDING_OF_CLIENT);
        pending(
                slots.counter(kind, ALL),
                policy.get(NotificationPolicyFactory.PENDING_PER_REALM),
                Limit.PENDING_OF_REALM);
        memory.take(attempt.clientId(), attempt.bytes(), attempt.kept())
                .orElseThrow(() -> taken.refused(Limit.MEMORY, attempt.expiresIn()))
                .forEach(taken::add);
    }

    private void pending(String counter, int most, Limit limit) throws ThrottledException {
        taken.untilDecided(
                taken.require(counter, most, attempt.expiresIn(), limit, attempt.expiresIn()));
    }

    static String pendingCounter(NumberedSlots slots, String whose) {
        return slots.counter(PENDING, whose);
    }

    private void takePlace(Notice notice) throws ThrottledException {
        NotificationPolicy policy = attempt.policy();
        Place found =
                places.take(
                        attempt.clientId(),
                        attempt.userId(),
                        attempt.expiresIn(),
                        notice,
                        new PendingSlots.Caps(
                                policy.get(NotificationPolicyFactory.PENDING_PER_USER),
                                policy.pendingPerClientAndUser()));
        if (!(found instanceof Place.Held held)) {
            throw taken.refused(
                    found instanceof Place.ClientFull
                            ? Limit.PENDING_OF_CLIENT_AND_USER
                            : Limit.PENDING_OF_USER,
                    attempt.expiresIn());
        }
        place = Optional.of(held.slots());
    }
}
