// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.audit.CallerAddress;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.store.RequestContext;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.Ticket;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Makes the tickets of requests that are decided on the pack's page. */
final class Tickets {
    private final KeycloakSession session;
    private final CibaPolicy policy;

    Tickets(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.policy = policy;
    }

    Ticket of(CIBAAuthenticationRequest request, Channel channel) {
        return new Ticket(
                request.getId(),
                RequestIds.shown(request.getId()),
                session.getContext().getRealm().getId(),
                request.getClient().getId(),
                request.getUser().getId(),
                channel.value(),
                Optional.of(policy.facts()),
                request.getScope(),
                Optional.ofNullable(request.getBindingMessage()),
                CallerAddress.of(session),
                request.getIat(),
                request.getExp(),
                CorrelationId.of(session),
                context(request),
                new TermsOfPolicy(session, policy).of(request));
    }

    /** At Keycloak's own endpoint it came in as one of the parameters that nobody checks. */
    private static RequestContext context(CIBAAuthenticationRequest request) {
        return Optional.ofNullable(request.getOtherClaims().get(RequestContext.PARAMETER))
                .flatMap(json -> RequestContext.parse(json.toString()))
                .orElse(RequestContext.NONE);
    }
}
