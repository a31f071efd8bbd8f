// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.channel.Gate;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.notification.Admitted;
import io.github.cibapack.notification.Asking;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.scope.RequestedScopes;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.store.ReportBlocks;
import io.github.cibapack.store.RequestStore;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A request's place among the pending requests of its user and within the limits of its
 * notification policy: taken before anybody is asked, and written down when somebody has been.
 * Every request counts as pending; only one that sends an e-mail counts as an e-mail.
 */
final class Admission implements Gate {

    /** One sentence for all, so that a client does not learn what others ask or the user said. */
    private static final String SENTENCE = "The user cannot be asked at the moment.";

    private final KeycloakSession session;
    private final CIBAAuthenticationRequest request;
    private final CibaPolicy policy;
    private final int expiresIn;
    private final NotificationLimits limits;
    private Optional<Admitted> place = Optional.empty();
    private boolean mailCounted;

    Admission(
            KeycloakSession session,
            CIBAAuthenticationRequest request,
            CibaPolicy policy,
            int expiresIn) {
        this.session = session;
        this.request = request;
        this.policy = policy;
        this.expiresIn = expiresIn;
        this.limits =
                new NotificationLimits(
                        session,
                        new Asking(
                                request.getId(),
                                request.getClient().getId(),
                                request.getUser().getId(),
                                Asking.addressOf(request.getUser()),
                                expiresIn,
                                KeptBytes.of(request),
                                request.getUser() instanceof StandIn),
                        new NotificationPolicies(session.getContext().getRealm())
                                .of(request.getClient(), policy));
    }

    CibaPolicy policy() {
        return policy;
    }

    /**
     * Takes the place.
     *
     * @param first the channel that will most likely ask
     * @throws CibaErrorException where the user has said that the client's requests are not wanted,
     *     or a limit is reached
     */
    void enter(Channel first) {
        String clientId = request.getClient().getId();
        OptionalLong blocked =
                new ReportBlocks(session).blockedFor(clientId, request.getUser().getId());
        if (blocked.isPresent()) {
            throw new CibaErrorException(
                    CibaError.ACCESS_DENIED,
                    SENTENCE,
                    "reported",
                    Math.toIntExact(blocked.getAsLong()));
        }
        mailCounted = first == Channel.EMAIL;
        try {
            place = Optional.of(limits.take(mailCounted));
        } catch (ThrottledException e) {
            refuse(e);
        }
    }

    /** Whether the request is over a cap and waits in the list of requests, without an e-mail. */
    @Override
    public boolean leavesToInbox() {
        return place.flatMap(Admitted::inboxOnly).isPresent();
    }

    /** Tells the admin that a request waits in the inbox, and which cap it is over. */
    void describe(EventBuilder event) {
        place.flatMap(Admitted::inboxOnly)
                .ifPresent(
                        over ->
                                event.detail(AuditTrail.INBOX_ONLY, "true")
                                        .detail(AuditTrail.NOTIFICATION_POLICY, over.policy())
                                        .detail(AuditTrail.COUNTER, over.limit().detail()));
    }

    /** An e-mail that was not expected when the place was taken is counted now. */
    @Override
    public void pass(Channel channel) {
        if (channel != Channel.EMAIL || mailCounted) {
            return;
        }
        mailCounted = true;
        try {
            limits.takeMail();
        } catch (ThrottledException e) {
            refuse(e);
        }
    }

    /** Nobody has been asked: the limits are as before. */
    void leave() {
        limits.giveBack();
    }

    /** The same where the transaction commits all the same, and would keep the place. */
    void leaveForGood() {
        slots().ifPresent(held -> new PendingSlots(session).release(held, request.getId()));
    }

    /** Writes down who has been asked, and what is held until the decision. */
    void record(Channel used) {
        limits.keep();
        new RequestStore(session)
                .record(
                        Records.of(request, used, Optional.of(policy), scopes(), slots()),
                        expiresIn);
    }

    private Optional<String> scopes() {
        return request.getUser() instanceof StandIn
                ? Optional.empty()
                : Optional.of(
                        new RequestedScopes(session, request.getClient())
                                .asked(request.getUser(), request.getScope()));
    }

    private Optional<PendingSlots.Slots> slots() {
        return place.flatMap(Admitted::slots);
    }

    private void refuse(ThrottledException e) {
        // a mail to nobody is no mail: its limits are counted, and refuse nothing
        if (!(request.getUser() instanceof StandIn) || !e.limit().dependsOnUser()) {
            throw CibaErrorException.throttled(
                    SENTENCE,
                    e.policy(),
                    e.limit().detail(),
                    e.retryAfterSeconds(),
                    e.limit().dependsOnUser());
        }
    }
}
