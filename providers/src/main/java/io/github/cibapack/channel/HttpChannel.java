// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.account.RequiredActions;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProviderFactory;

/**
 * Reaches a user through Keycloak's HTTP channel: at the policy's own address, else at the
 * server's.
 */
final class HttpChannel implements Way {
    private static final Logger LOG = Logger.getLogger(HttpChannel.class);

    private final KeycloakSession session;
    private final Optional<String> url;

    HttpChannel(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.url = policy.get(CibaPolicyFactory.HTTP_URL);
    }

    @Override
    public Channel channel() {
        return Channel.HTTP;
    }

    @Override
    public void requireUsable(CIBAAuthenticationRequest request) {
        if (provider().isEmpty()) {
            throw new UnreachableException(Unreachable.NO_HTTP_CHANNEL);
        }
        if (RequiredActions.areLeft(request.getUser())) {
            throw new UnreachableException(Unreachable.ACCOUNT_NOT_READY);
        }
    }

    @Override
    public void ask(CIBAAuthenticationRequest request, String info) {
        if (request.getUser() instanceof StandIn) {
            // nobody is nobody's business
            return;
        }
        boolean taken;
        try {
            taken =
                    provider()
                            .orElseThrow(
                                    () -> new UnreachableException(Unreachable.NO_HTTP_CHANNEL))
                            .requestAuthentication(request, info);
        } catch (UnreachableException e) {
            throw e;
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

    private Optional<AuthenticationChannelProvider> provider() {
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
