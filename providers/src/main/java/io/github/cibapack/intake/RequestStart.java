// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.channel.ChannelSequence;
import io.github.cibapack.channel.CibaChannelProvider;
import io.github.cibapack.channel.OutgoingRequest;
import io.github.cibapack.channel.Reach;
import io.github.cibapack.channel.RequirementsResolver;
import io.github.cibapack.channel.UnreachableException;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.notification.NotificationAttempt;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.Requests;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** The second half of the intake: request, channel, limits, store. */
final class RequestStart {
    private final KeycloakSession session;
    private final HeldBackEvent event;
    private final CibaPolicy policy;
    private final boolean hidesUsers;
    private final Dialect dialect;

    RequestStart(
            KeycloakSession session,
            HeldBackEvent event,
            CibaPolicy policy,
            boolean hidesUsers,
            Dialect dialect) {
        this.session = session;
        this.event = event;
        this.policy = policy;
        this.hidesUsers = hidesUsers;
        this.dialect = dialect;
    }

    /**
     * Asks the recipient, or a decoy if the recipient cannot be asked and that is a secret.
     *
     * @param decoy for a refusal; throws it if it is no secret
     * @throws CibaErrorException if nobody can be asked; the limits are as before then
     */
    StartedRequest of(Recipient recipient, Function<CibaErrorException, Recipient> decoy) {
        Runnable verification = verification(recipient.user());
        try {
            return ask(recipient, verification);
        } catch (CibaErrorException e) {
            if (recipient.hidden().isPresent()) {
                throw e;
            }
            return ask(decoy.apply(e), () -> {});
        }
    }

    /** Once for each request, whoever is asked in the end: its time tells nothing. */
    private Runnable verification(UserModel user) {
        return CibaChannelProvider.verification(
                session,
                policy.forUser(session.getContext().getRealm(), user.getId()),
                user,
                session.getContext().getClient());
    }

    private StartedRequest ask(Recipient recipient, Runnable verification) {
        CibaPolicy own = policy.forUser(session.getContext().getRealm(), recipient.user().getId());
        own.facts().addTo(event);
        String secret = Requests.newSecret();
        CIBAAuthenticationRequest asked =
                dialect.asked(own, recipient.user(), recipient.scope(), secret);
        NotificationLimits limits = limits(asked, own);
        try {
            return new StartedRequest(
                    deliver(asked, own, secret, limits, verification), own, recipient.hidden());
        } catch (UnreachableException e) {
            throw givenBack(limits, CibaErrorException.unreachable(e));
        } catch (ThrottledException e) {
            throw givenBack(limits, CibaErrorException.throttled(e));
        } catch (CibaErrorException e) {
            throw givenBack(limits, e);
        } catch (RuntimeException e) {
            limits.giveBack();
            throw e;
        }
    }

    private NotificationLimits limits(CIBAAuthenticationRequest asked, CibaPolicy own) {
        return new NotificationLimits(
                session,
                NotificationAttempt.of(
                        asked,
                        new NotificationPolicies(session.getContext().getRealm())
                                .of(asked.getClient(), own),
                        dialect.lifespan(asked),
                        asked.getUser() instanceof DecoyUser));
    }

    private CibaErrorException givenBack(NotificationLimits limits, CibaErrorException e) {
        limits.giveBack();
        if (hidesUsers && e.dependsOnUser()) {
            // what is hidden does not roll the transaction back
            limits.giveBackPlace();
        }
        return e;
    }

    private AuthenticationRequest deliver(
            CIBAAuthenticationRequest asked,
            CibaPolicy own,
            String secret,
            NotificationLimits limits,
            Runnable verification)
            throws ThrottledException {
        RequestDraft draft =
                new RequestDraft(
                        session,
                        asked,
                        Optional.of(own),
                        new RequirementsResolver(session, own).of(asked));
        ChannelSequence channels = CibaChannelProvider.sequence(session, own);
        try {
            Reach reach = channels.next(asked.getUser(), draft.terms());
            requireNotReported(asked);
            boolean isMessageCounted = reach.sendsMessage();
            limits.take(isMessageCounted);
            limits.describe(event);
            if (limits.isInboxOnly()) {
                reach = channels.inbox();
            }
            AuthenticationRequest request = draft.reachedBy(reach, limits);
            Optional<Runnable> delivery = channels.deliver(reach, outgoing(request, asked, secret));
            while (delivery.isEmpty()) {
                reach = channels.next(asked.getUser(), draft.terms());
                if (reach.sendsMessage() && !isMessageCounted) {
                    limits.takeMail();
                    isMessageCounted = true;
                }
                request = draft.reachedBy(reach, limits);
                delivery = channels.deliver(reach, outgoing(request, asked, secret));
            }
            event.detail(CibaEvents.CHANNEL, reach.first().value());
            dialect.open(
                    request,
                    reach.sendsMessage() ? Optional.of(secret) : Optional.empty(),
                    asked,
                    own);
            // what it enlists comes after what the store has enlisted by now
            delivery.get().run();
            return request;
        } catch (UnreachableException e) {
            if (channels.lackVerifiedAddress()) {
                verification.run();
            }
            throw e;
        } finally {
            channels.failed().ifPresent(all -> event.detail(CibaEvents.FAILED_CHANNELS, all));
        }
    }

    private void requireNotReported(CIBAAuthenticationRequest asked) {
        new ReportBlocks(session)
                .blockedFor(asked.getClient().getId(), asked.getUser().getId())
                .ifPresent(
                        seconds -> {
                            throw CibaErrorException.reported(seconds);
                        });
    }

    private OutgoingRequest outgoing(
            AuthenticationRequest request, CIBAAuthenticationRequest asked, String secret) {
        return new OutgoingRequest(request, asked, secret, dialect.info(asked.getUser()));
    }
}
