// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.email.CibaEmailTemplateProvider;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.notification.NotificationAttempt;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.store.ReplayCache;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.email.EmailException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;

/**
 * Mails a user who cannot be asked, because the address is not verified, Keycloak's own link to
 * verify it. Who has asked learns nothing of it: where users are hidden, the mail is written for
 * every request, and thrown away for all others.
 */
final class AddressVerification {
    private static final Logger LOG = Logger.getLogger(AddressVerification.class);

    private final ChannelContext context;
    private final KeycloakSession session;
    private final RealmModel realm;

    AddressVerification(ChannelContext context) {
        this.context = context;
        this.session = context.session();
        this.realm = session.getContext().getRealm();
    }

    /**
     * Writes the mail.
     *
     * @param client who wants to ask
     * @return sends it, if there is one to be sent
     */
    Runnable prepare(UserModel user, ClientModel client) {
        boolean isDue = isUnverified(user) && !(user instanceof DecoyUser);
        boolean isHidden = new CibaPolicies(realm).hidesUsers(context.policy());
        if (!context.policy().get(CibaPolicyFactory.VERIFY_ADDRESS)
                || realm.getSmtpConfig().isEmpty()
                || !(isDue || isHidden)) {
            return () -> {};
        }
        // nobody sits in front of a browser and waits for it
        int lifespan = realm.getActionTokenGeneratedByAdminLifespan();
        Optional<OutgoingMail> mail = mail(user, client, lifespan);
        return mail.isEmpty() || !isDue
                ? () -> {}
                : () ->
                        context.sending()
                                .outbox(ChannelType.of(ChannelType.EMAIL))
                                .submitAfterTheAnswer(
                                        new VerificationMail(
                                                new OwnTransaction(session),
                                                context.sending().mails(),
                                                mail.get(),
                                                new VerificationMail.Cause(
                                                        realm.getId(),
                                                        client.getClientId(),
                                                        user.getId(),
                                                        CorrelationId.of(session)),
                                                isAllowed(user, client, lifespan)));
    }

    private static boolean isUnverified(UserModel user) {
        return !user.isEmailVerified() && user.getEmail() != null && !user.getEmail().isBlank();
    }

    private Optional<OutgoingMail> mail(UserModel user, ClientModel client, int lifespan) {
        try {
            RenderedMail rendered =
                    CibaEmailTemplateProvider.of(session)
                            .verification(
                                    user,
                                    link(user, host(client), lifespan),
                                    TimeUnit.SECONDS.toMinutes(lifespan));
            return Optional.of(OutgoingMail.to(user.getEmail(), rendered));
        } catch (EmailException | UnreachableException e) {
            LOG.warnf(
                    Redacted.of(e),
                    "Realm '%s' cannot send a mail that verifies an address",
                    realm.getName());
            return Optional.empty();
        }
    }

    /** As where an admin sends such a mail, the account client receives the user. */
    private ClientModel host(ClientModel client) {
        return Optional.ofNullable(
                        realm.getClientByClientId(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID))
                .filter(ClientModel::isEnabled)
                .orElse(client);
    }

    /** At the address that magic links have: never one that a request names. */
    private URI link(UserModel user, ClientModel host, int lifespan) {
        URI base = new MagicLink(session).base();
        VerifyEmailActionToken token =
                new VerifyEmailActionToken(
                        user.getId(),
                        Math.toIntExact(ServerClock.seconds() + lifespan),
                        null,
                        user.getEmail(),
                        host.getClientId());
        String serialized = token.serialize(session, realm, session.getContext().getUri());
        return LoginActionsService.loginActionsBaseUrl(UriBuilder.fromUri(base))
                .path(LoginActionsService.class, "executeActionToken")
                .queryParam(Constants.KEY, serialized)
                .build(realm.getName());
    }

    /**
     * Whether one may be sent now: within all limits of mails, to nobody who has reported the
     * client, and not again for as long as the last link is good. Plain values only.
     */
    private Predicate<KeycloakSession> isAllowed(UserModel user, ClientModel client, int lifespan) {
        String userId = user.getId();
        String clientId = client.getId();
        String address = user.getEmail();
        CibaPolicy policy = context.policy();
        return later -> {
            RealmModel there = later.getContext().getRealm();
            UserModel now = later.users().getUserById(there, userId);
            ClientModel asking = there.getClientById(clientId);
            if (now == null
                    || asking == null
                    || !now.isEnabled()
                    || !isUnverified(now)
                    || !address.equals(now.getEmail())
                    || new ReportBlocks(later).blockedFor(clientId, userId).isPresent()) {
                return false;
            }
            NotificationLimits limits =
                    new NotificationLimits(
                            later,
                            new NotificationAttempt(
                                    RequestIds.next(),
                                    clientId,
                                    userId,
                                    NotificationAttempt.addressOf(now),
                                    0,
                                    0,
                                    false),
                            new NotificationPolicies(there).of(asking, policy));
            return isWithin(limits) && isFirst(later, userId, address, lifespan, limits);
        };
    }

    private static boolean isWithin(NotificationLimits limits) {
        try {
            limits.takeMail();
            return true;
        } catch (ThrottledException e) {
            return false;
        }
    }

    private static boolean isFirst(
            KeycloakSession later,
            String userId,
            String address,
            int lifespan,
            NotificationLimits limits) {
        boolean first =
                new ReplayCache(later)
                                .first(
                                        ReplayCache.Kind.VERIFICATION_MAIL,
                                        userId,
                                        address,
                                        lifespan)
                        == ReplayCache.Use.FIRST;
        if (!first) {
            limits.giveBack();
        }
        return first;
    }
}
