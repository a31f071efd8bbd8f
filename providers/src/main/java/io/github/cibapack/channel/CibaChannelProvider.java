// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.health.Fitness;
import io.github.cibapack.health.OutOfService;
import io.github.cibapack.message.Outbox;
import io.github.cibapack.notification.NotificationAttempt;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.request.AuthenticationRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** The channels of this server: those of the pack's intake, and Keycloak's own for what it asks. */
public final class CibaChannelProvider implements AuthenticationChannelProvider {
    private final KeycloakSession session;
    private final Sending sending;
    private final Fitness fitness;
    private final Map<String, Outbox.Reservation> places = new HashMap<>();

    CibaChannelProvider(KeycloakSession session, Sending sending, Fitness fitness) {
        this.session = session;
        this.sending = sending;
        this.fitness = fitness;
    }

    /**
     * The pack's channels, whichever is the server's default; else the one that is left.
     *
     * @throws UnreachableException if this server is not fit to ask anybody, or has no channel
     */
    public static ChannelSequence sequence(KeycloakSession session, CibaPolicy policy) {
        AuthenticationChannelProvider own =
                session.getProvider(
                        AuthenticationChannelProvider.class,
                        CibaChannelProviderFactory.PROVIDER_ID);
        if (own instanceof CibaChannelProvider channels) {
            return channels.sequence(policy);
        }
        AuthenticationChannelProvider other =
                own != null ? own : session.getProvider(AuthenticationChannelProvider.class);
        if (other == null) {
            throw new UnreachableException(Unreachable.NO_CHANNEL);
        }
        return new ChannelSequence(
                new ChannelContext(session, policy, null),
                List.of(new HttpChannel(session, () -> Optional.of(other))));
    }

    /**
     * Writes the mail to a user whose address is not verified, if the policy wants one.
     *
     * @param client who wants to ask
     * @return sends it, if the user cannot be asked for want of such an address
     */
    public static Runnable verification(
            KeycloakSession session, CibaPolicy policy, UserModel user, ClientModel client) {
        return policy.get(CibaPolicyFactory.VERIFY_ADDRESS)
                        && session.getProvider(
                                        AuthenticationChannelProvider.class,
                                        CibaChannelProviderFactory.PROVIDER_ID)
                                instanceof CibaChannelProvider own
                ? new AddressVerification(own.context(policy)).prepare(user, client)
                : () -> {};
    }

    private ChannelSequence sequence(CibaPolicy policy) {
        Optional<OutOfService.Reason> obstacle = fitness.obstacle();
        if (obstacle.isPresent()) {
            throw new UnreachableException(Unreachable.because(obstacle.get()));
        }
        ChannelContext context = context(policy);
        return new ChannelSequence(
                context,
                policy.channels().stream().map(type -> ChannelKind.of(type).in(context)).toList());
    }

    private ChannelContext context(CibaPolicy policy) {
        return new ChannelContext(session, policy, sending, places);
    }

    /**
     * Called by Keycloak's endpoint if Keycloak alone asks; what the pack asks, its intake does.
     */
    @Override
    public boolean requestAuthentication(
            CIBAAuthenticationRequest request, String infoUsedByAuthenticator) {
        CibaPolicies policies = new CibaPolicies(session.getContext().getRealm());
        return policies.of(request.getClient(), Optional.ofNullable(request.getAcrValues()))
                        .isKeycloaksOwnChannel()
                && keycloaks().requestAuthentication(request, infoUsedByAuthenticator);
    }

    /**
     * Prepares the e-mail of a pending request once more, limited like any other.
     *
     * @param secret of the link in it
     * @return to be run when the link is in the store
     * @throws UnreachableException if the user cannot be reached by mail
     * @throws ThrottledException if a limit is reached
     */
    public Runnable resend(
            AuthenticationRequest request, String secret, ClientModel client, UserModel user)
            throws ThrottledException {
        RealmModel realm = session.getContext().getRealm();
        CibaPolicy policy = policyOf(request, client).forUser(realm, user.getId());
        Runnable send =
                new EmailChannelKind().in(context(policy)).again(request, secret, client, user);
        // last, as what is counted does not go back with the transaction
        new NotificationLimits(
                        session,
                        NotificationAttempt.ofMail(
                                new NotificationPolicies(realm).of(client, policy),
                                client.getId(),
                                user))
                .takeMail();
        return send;
    }

    /** In the version that the request was started with, if it is still there. */
    private CibaPolicy policyOf(AuthenticationRequest request, ClientModel client) {
        CibaPolicies policies = new CibaPolicies(session.getContext().getRealm());
        return request.policy()
                .flatMap(policies::find)
                .orElseGet(() -> policies.of(client, request.acrValues()));
    }

    /** For an admin who wants to see a policy's mail. */
    public TestMail testMail() {
        return new TestMail(session, sending.mails());
    }

    private AuthenticationChannelProvider keycloaks() {
        return HttpChannel.servers(session)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Keycloak's HTTP authentication channel is not loaded"));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
