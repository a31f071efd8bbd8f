// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailQueue;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.notification.Asking;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.store.RequestRecord;
import io.github.cibapack.store.Ticket;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProviderFactory;

/** Routes a request to the channel that the realm has chosen. */
public final class CibaChannelProvider implements AuthenticationChannelProvider {
    private final KeycloakSession session;
    private final MailQueue queue;

    CibaChannelProvider(KeycloakSession session, MailQueue queue) {
        this.session = session;
        this.queue = queue;
    }

    /** The channel that a request takes. */
    public Channel channelOf(CIBAAuthenticationRequest request) {
        return policyOf(request).channel();
    }

    private CibaPolicy policyOf(CIBAAuthenticationRequest request) {
        return new CibaPolicies(session.getContext().getRealm())
                .of(request.getClient(), Optional.ofNullable(request.getAcrValues()));
    }

    /**
     * Checks, before anything is stored, what a channel can know beforehand. Keycloak turns
     * anything thrown from {@link #requestAuthentication} into a 503, so the endpoints ask here
     * first.
     *
     * @throws UnreachableException if the user cannot be reached
     */
    public void requireReachable(CIBAAuthenticationRequest request) {
        CibaPolicy policy = policyOf(request);
        if (policy.channel() == Channel.EMAIL) {
            new EmailChannel(session, queue, policy).requireReachable(request.getUser());
        }
    }

    @Override
    public boolean requestAuthentication(
            CIBAAuthenticationRequest request, String infoUsedByAuthenticator) {
        CibaPolicy policy = policyOf(request);
        if (policy.channel() != Channel.EMAIL && request.getUser() instanceof StandIn) {
            return true;
        }
        switch (policy.channel()) {
            case EMAIL -> {
                new EmailChannel(session, queue, policy).ask(request);
                return true;
            }
            case HTTP -> {
                return httpChannel().requestAuthentication(request, infoUsedByAuthenticator);
            }
        }
        throw new IllegalStateException("unreachable: all channels are listed");
    }

    /**
     * Sends the e-mail of a pending request once more, limited like any other.
     *
     * @param record the request
     * @param ticket what its page needs
     * @throws UnreachableException if the user cannot be reached by mail
     * @throws ThrottledException where a limit is reached
     */
    public void resend(RequestRecord record, Ticket ticket, ClientModel client, UserModel user)
            throws ThrottledException {
        RealmModel realm = session.getContext().getRealm();
        CibaPolicy policy = new CibaPolicies(realm).of(client, record.acrValues());
        Runnable send = new EmailChannel(session, queue, policy).again(ticket, client, user);
        // last, as what is counted does not go back with the transaction
        new NotificationLimits(session)
                .takeResend(
                        new Asking(
                                record.requestId(),
                                client.getId(),
                                user.getId(),
                                Asking.addressOf(user),
                                0),
                        new NotificationPolicies(realm).of(client, policy));
        send.run();
    }

    /** For an admin who wants to see a policy's mail. */
    public TestMail testMail() {
        return new TestMail(session, queue);
    }

    private AuthenticationChannelProvider httpChannel() {
        AuthenticationChannelProvider http =
                session.getProvider(
                        AuthenticationChannelProvider.class,
                        HttpAuthenticationChannelProviderFactory.PROVIDER_ID);
        if (http == null) {
            throw new IllegalStateException("Keycloak's HTTP authentication channel is not loaded");
        }
        return http;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
