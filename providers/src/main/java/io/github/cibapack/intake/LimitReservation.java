// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.notification.NotificationAttempt;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.Reservation;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.ReservedSlots;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.text.HeapBytes;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A request's place among the pending requests of its user and within the limits of its
 * notification policy: reserved before anybody is asked. Every request counts as pending; only one
 * that sends a message counts as a message.
 */
final class LimitReservation {
    /** Copies of the scope that are kept: in Keycloak's device code and in the request. */
    private static final int SCOPES = 2;

    /**
     * Further copies of all that is kept of a request in ping mode: Keycloak's own endpoint keeps
     * it once more, encrypted.
     */
    private static final int PINGED = 3;

    /** One sentence for all, so that a client does not learn what others ask or the user said. */
    private static final String SENTENCE = "The user cannot be asked at the moment.";

    private final KeycloakSession session;
    private final String requestId;
    private final String clientId;
    private final UserModel user;
    private final NotificationLimits limits;
    private Optional<Reservation> place = Optional.empty();
    private boolean messageCounted;

    /**
     * A reservation to be made.
     *
     * @param lifespan of the request in the store, in seconds
     */
    LimitReservation(
            KeycloakSession session,
            CIBAAuthenticationRequest asked,
            CibaPolicy policy,
            int lifespan) {
        this.session = session;
        this.requestId = asked.getId();
        this.clientId = asked.getClient().getId();
        this.user = asked.getUser();
        this.limits =
                new NotificationLimits(
                        session,
                        new NotificationAttempt(
                                new NotificationPolicies(session.getContext().getRealm())
                                        .of(asked.getClient(), policy),
                                requestId,
                                clientId,
                                user.getId(),
                                NotificationAttempt.addressOf(user),
                                lifespan,
                                keptBytes(asked),
                                user instanceof DecoyUser));
    }

    /** How many bytes the store keeps of what the relying party has sent, at most. */
    private static long keptBytes(CIBAAuthenticationRequest asked) {
        long scope = size(asked.getScope());
        // the claims: the context, and parameters that Keycloak's own endpoint does not know
        long others =
                size(asked.getBindingMessage())
                        + size(asked.getAcrValues())
                        + asked.getOtherClaims().values().stream()
                                .mapToLong(LimitReservation::size)
                                .sum();
        long token = size(asked.getClientNotificationToken());
        return SCOPES * scope + others + (token == 0 ? 0 : token + PINGED * (scope + others));
    }

    private static long size(Object value) {
        return HeapBytes.of(Objects.toString(value, ""));
    }

    /**
     * Reserves.
     *
     * @param message whether the channel that will most likely ask sends a message
     * @throws CibaErrorException if the user has said that the client's requests are not wanted, or
     *     a limit is reached
     */
    void reserve(boolean message) {
        OptionalLong blocked = new ReportBlocks(session).blockedFor(clientId, user.getId());
        if (blocked.isPresent()) {
            throw new CibaErrorException(
                    CibaError.ACCESS_DENIED,
                    SENTENCE,
                    "reported",
                    Math.toIntExact(blocked.getAsLong()));
        }
        messageCounted = message;
        try {
            place = Optional.of(limits.take(message));
        } catch (ThrottledException e) {
            refuse(e);
        }
    }

    /**
     * Counts a message that was not expected when the place was reserved.
     *
     * @throws CibaErrorException if a limit is reached, whatever further channels there are
     */
    void countMessage() {
        if (messageCounted) {
            return;
        }
        messageCounted = true;
        try {
            limits.takeMail();
        } catch (ThrottledException e) {
            refuse(e);
        }
    }

    /** Whether the request is over a cap and waits in the list of requests, without a message. */
    boolean isForInboxOnly() {
        return place.flatMap(Reservation::inboxOnly).isPresent();
    }

    /** Tells the admin that a request waits in the inbox, and which cap it is over. */
    void describe(EventBuilder event) {
        place.flatMap(Reservation::inboxOnly)
                .ifPresent(
                        over ->
                                event.detail(CibaEvents.INBOX_ONLY, "true")
                                        .detail(CibaEvents.NOTIFICATION_POLICY, over.policy())
                                        .detail(CibaEvents.COUNTER, over.limit().detail()));
    }

    /** The place among the user's pending requests; empty if none was taken. */
    Optional<PendingSlots.Slots> slots() {
        return place.flatMap(Reservation::slots);
    }

    /** What the request holds of further limits until it is decided. */
    ReservedSlots reserved() {
        return limits.reserved();
    }

    /**
     * Nobody has been asked: the limits are as before.
     *
     * @param commits whether the transaction commits all the same, and would keep the place
     */
    void giveBack(boolean commits) {
        limits.giveBack();
        if (commits) {
            slots().ifPresent(held -> new PendingSlots(session).release(held, requestId));
        }
    }

    private void refuse(ThrottledException e) {
        // a message to nobody is none: its limits are counted, and refuse nothing
        if (!(user instanceof DecoyUser) || !e.limit().dependsOnUser()) {
            throw CibaErrorException.throttled(
                    SENTENCE,
                    e.policy(),
                    e.limit().detail(),
                    e.retryAfterSeconds(),
                    e.limit().dependsOnUser());
        }
    }
}
