// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailQueue;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.RequestPolicy;
import io.github.cibapack.store.RequestIds;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Routes a request to the first usable channel of its policy. */
public final class CibaChannelProvider implements AuthenticationChannelProvider {
    private final KeycloakSession session;
    private final MailQueue queue;

    CibaChannelProvider(KeycloakSession session, MailQueue queue) {
        this.session = session;
        this.queue = queue;
    }

    /**
     * The way of a request along the channels of its policy, kept for {@link
     * #requestAuthentication}.
     *
     * @param gate is asked before a channel is used
     */
    public Route route(CIBAAuthenticationRequest request, CibaPolicy policy, Gate gate) {
        Route route =
                new Route(
                        policy.channels().stream().map(channel -> way(channel, policy)).toList(),
                        request,
                        gate);
        session.setAttribute(Route.class.getName(), route);
        return route;
    }

    @Override
    public boolean requestAuthentication(
            CIBAAuthenticationRequest request, String infoUsedByAuthenticator) {
        CibaPolicy policy = policyOf(request);
        if (policy.isKeycloaksOwnChannel() && !RequestIds.startedAtAs(request.getId())) {
            return keycloaks().requestAuthentication(request, infoUsedByAuthenticator);
        }
        Route route =
                Optional.ofNullable(session.getAttribute(Route.class.getName(), Route.class))
                        .filter(prepared -> prepared.isOf(request))
                        .orElseGet(() -> route(request, policy, channel -> {}));
        try {
            route.ask(infoUsedByAuthenticator);
        } catch (RuntimeException e) {
            if (!route.gate().hides(e)) {
                throw e;
            }
        }
        return true;
    }

    private CibaPolicy policyOf(CIBAAuthenticationRequest request) {
        return RequestPolicy.of(session)
                .orElseGet(
                        () ->
                                new CibaPolicies(session.getContext().getRealm())
                                        .of(
                                                request.getClient(),
                                                Optional.ofNullable(request.getAcrValues())));
    }

    private Way way(Channel channel, CibaPolicy policy) {
        return switch (channel) {
            case EMAIL -> new EmailChannel(session, queue, policy);
            case HTTP -> new HttpChannel(session, policy);
            case INBOX -> new InboxChannel(session, policy);
        };
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
