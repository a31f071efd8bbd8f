// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailQueue;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
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
