// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.email.CibaEmailTemplateProvider;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.email.RenderedMail;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.email.EmailException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
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
        boolean isDue = VerificationRight.isUnverified(user) && !(user instanceof DecoyUser);
        boolean isHidden = new CibaPolicies(realm).hidesUsers(context.policy());
        if (realm.getSmtpConfig().isEmpty() || !(isDue || isHidden)) {
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
                                                new VerificationRight(
                                                        user.getId(),
                                                        client.getId(),
                                                        client.getClientId(),
                                                        user.getEmail(),
                                                        context.policy(),
                                                        lifespan),
                                                CorrelationId.of(session)));
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
                        (int) Math.min(Integer.MAX_VALUE, ServerClock.seconds() + (long) lifespan),
                        null,
                        user.getEmail(),
                        host.getClientId());
        // not by token.serialize: it would name the address of the call, which may have another
        // port
        String issuer = Urls.realmIssuer(base, realm.getName());
        token.id(token.getActionVerificationNonce().toString())
                .issuedNow()
                .issuer(issuer)
                .audience(issuer);
        String serialized = session.tokens().encode(token);
        return LoginActionsService.loginActionsBaseUrl(UriBuilder.fromUri(base))
                .path(LoginActionsService.class, "executeActionToken")
                .queryParam(Constants.KEY, serialized)
                .build(realm.getName());
    }
}
