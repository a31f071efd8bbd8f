// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.PollRateLimiter;
import io.github.cibapack.request.RequestContext;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelAuthenticationRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * The {@code as} endpoint's requests, and those of the server itself: the policy's lifetime and
 * pace.
 */
final class AsDialect implements Dialect {
    private final KeycloakSession session;
    private final ClientModel client;
    private final BackchannelRequest asked;
    private final MultivaluedMap<String, String> form;
    private final UnaryOperator<String> ids;

    /**
     * A request.
     *
     * @param form as client policies see it
     * @param ids the id under which it is kept, by the secret of its link
     */
    AsDialect(
            KeycloakSession session,
            ClientModel client,
            BackchannelRequest asked,
            MultivaluedMap<String, String> form,
            UnaryOperator<String> ids) {
        this.session = session;
        this.client = client;
        this.asked = asked;
        this.form = form;
        this.ids = ids;
    }

    @Override
    public CIBAAuthenticationRequest asked(
            CibaPolicy policy, UserModel user, String scope, String secret) {
        CIBAAuthenticationRequest request = new CIBAAuthenticationRequest(session, user, client);
        request.id(ids.apply(secret));
        request.setScope(scope);
        asked.bindingMessage().ifPresent(request::setBindingMessage);
        asked.acrValues().ifPresent(request::setAcrValues);
        asked.notificationToken().ifPresent(request::setClientNotificationToken);
        asked.context().ifPresent(json -> request.setOtherClaims(RequestContext.PARAMETER, json));
        asked.once().ifPresent(use -> request.setOtherClaims(InternalRequest.ONCE, use));
        asked.addTargets(request);
        request.exp(request.getIat() + policy.lifetime(asked.requestedExpiry()));
        requireClientPolicies(request);
        return request;
    }

    private void requireClientPolicies(CIBAAuthenticationRequest request) {
        try {
            session.clientPolicy()
                    .triggerOnEvent(
                            new BackchannelAuthenticationRequestContext(
                                    asked.parsed(), request, form));
        } catch (ClientPolicyException e) {
            throw CibaErrorException.invalid(e.getErrorDetail(), "client_policy_" + e.getError());
        }
    }

    @Override
    public String info(UserModel user) {
        return user.getUsername();
    }

    @Override
    public int lifespan(CIBAAuthenticationRequest request) {
        return Math.toIntExact(request.getExp() - request.getIat());
    }

    @Override
    public void open(
            AuthenticationRequest request,
            Optional<String> secret,
            CIBAAuthenticationRequest sent,
            CibaPolicy policy) {
        boolean calledBack =
                policy.channels().stream().anyMatch(ChannelType::isDecidedElsewhere)
                        || ChannelType.of(request.channel()).isDecidedElsewhere();
        new Requests(session)
                .open(
                        request,
                        secret,
                        sent,
                        new PollRateLimiter.Rate(
                                policy.interval(), policy.get(CibaPolicyFactory.GROWING_SLOW_DOWN)),
                        calledBack);
    }
}
