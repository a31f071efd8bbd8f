// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.account.RequiredActions;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.message.NextChannel;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.request.ApprovalTerms;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProviderFactory;

/**
 * Reaches a user through Keycloak's HTTP channel: at the policy's own address, else at the
 * server's.
 */
final class HttpChannel implements Channel {
    private static final Logger LOG = Logger.getLogger(HttpChannel.class);

    private final KeycloakSession session;

    private final Supplier<Optional<AuthenticationChannelProvider>> provider;

    /**
     * A channel.
     *
     * @param provider sends; asked for when it is needed, and there is none without an address
     */
    HttpChannel(
            KeycloakSession session, Supplier<Optional<AuthenticationChannelProvider>> provider) {
        this.session = session;
        this.provider = provider;
    }

    @Override
    public ChannelType type() {
        return ChannelType.of(ChannelType.HTTP);
    }

    @Override
    public void check(UserModel user, ApprovalTerms terms) {
        available();
        if (RequiredActions.areLeft(user)) {
            throw new UnreachableException(Unreachable.ACCOUNT_NOT_READY);
        }
    }

    @Override
    public Runnable deliver(OutgoingRequest outgoing, NextChannel next) {
        // a decoy's request leaves the server to nobody
        if (!(outgoing.user() instanceof DecoyUser)) {
            send(outgoing);
        }
        return () -> {};
    }

    private AuthenticationChannelProvider available() {
        return provider.get()
                .orElseThrow(() -> new UnreachableException(Unreachable.NO_HTTP_CHANNEL));
    }

    /** Within the request, as the server's refusal is an answer to it. */
    private void send(OutgoingRequest outgoing) {
        AuthenticationChannelProvider http = available();
        boolean taken;
        try {
            taken = http.requestAuthentication(outgoing.asked(), outgoing.info());
        } catch (RuntimeException e) {
            LOG.warnf(
                    Redacted.of(e),
                    "The HTTP channel of realm '%s' cannot be used",
                    session.getContext().getRealm().getName());
            throw new UnreachableException(Unreachable.CHANNEL_FAILED);
        }
        if (!taken) {
            throw new UnreachableException(Unreachable.CHANNEL_REFUSED);
        }
    }

    /**
     * Keycloak's channel under a policy.
     *
     * @param url the policy's own address; empty for the server's
     */
    static HttpChannel at(KeycloakSession session, Optional<String> url) {
        return new HttpChannel(session, () -> provider(session, url));
    }

    private static Optional<AuthenticationChannelProvider> provider(
            KeycloakSession session, Optional<String> url) {
        return url.<AuthenticationChannelProvider>map(own -> new GuardedHttpChannel(session, own))
                .or(() -> servers(session).filter(HttpChannel::hasAddress));
    }

    /** The one that Keycloak or an extension of it has registered. */
    static Optional<AuthenticationChannelProvider> servers(KeycloakSession session) {
        return Optional.ofNullable(
                session.getProvider(
                        AuthenticationChannelProvider.class,
                        HttpAuthenticationChannelProviderFactory.PROVIDER_ID));
    }

    /** Keycloak's own has none unless the server's option names it. */
    private static boolean hasAddress(AuthenticationChannelProvider provider) {
        return provider.getClass() != HttpAuthenticationChannelProvider.class
                || CibaPolicies.serverHasHttpChannel();
    }
}
