// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CallerAddress;
import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.channel.Reach;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.hint.DecoyUser;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.OneTimeUse;
import io.github.cibapack.request.RequestContext;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.ReservedSlots;
import io.github.cibapack.request.ToldAttributes;
import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.scope.ClientSnapshot;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.text.MaxLength;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A request in the making: all is known but how its user is reached and what it takes of limits.
 */
final class RequestDraft {
    private final KeycloakSession session;
    private final CIBAAuthenticationRequest asked;
    private final Optional<CibaPolicy> policy;
    private final ApprovalTerms terms;

    RequestDraft(
            KeycloakSession session,
            CIBAAuthenticationRequest asked,
            Optional<CibaPolicy> policy,
            ApprovalTerms terms) {
        this.session = session;
        this.asked = asked;
        this.policy = policy;
        this.terms = terms;
    }

    /** On which terms the user decides, if it is on the pack's page. */
    ApprovalTerms terms() {
        return terms;
    }

    /** A request that Keycloak alone asks, with no limits; nobody has judged what it targets. */
    AuthenticationRequest ofKeycloakAlone() {
        return request(Reach.ofHttp(), ReservedSlots.NONE, false);
    }

    /** The request with what was reserved for it. */
    AuthenticationRequest reachedBy(Reach reach, NotificationLimits limits) {
        return request(reach, limits.reserved(), true);
    }

    private AuthenticationRequest request(Reach reach, ReservedSlots reserved, boolean isJudged) {
        return new AuthenticationRequest(
                asked.getId(),
                session.getContext().getRealm().getId(),
                asked.getClient().getId(),
                asked.getUser().getId(),
                reach.first().value(),
                policy.map(CibaPolicy::facts),
                asked.getScope(),
                clientHash(),
                // of a realm that keeps Keycloak's rules, it may be of any length
                Optional.ofNullable(asked.getAcrValues()).filter(MaxLength.ACR_VALUES::admits),
                Optional.ofNullable(asked.getBindingMessage()),
                isJudged ? claim(AuthorizationDetails.PARAMETER) : Optional.empty(),
                isJudged ? claim(ResourceIndicators.PARAMETER) : Optional.empty(),
                context(),
                once(),
                addressHash(reach),
                policy.flatMap(
                        asking -> ToldAttributes.of(asked.getUser(), reach.attributesTold(asking))),
                CallerAddress.of(session),
                CorrelationId.of(session),
                asked.getIat(),
                asked.getExp(),
                reach.first().isDecidedElsewhere() ? ApprovalTerms.NONE : terms,
                reserved,
                Optional.empty());
    }

    private Optional<String> addressHash(Reach reach) {
        return reach.writesToAddress() && asked.getUser().isEmailVerified()
                ? Optional.ofNullable(asked.getUser().getEmail()).map(Hashes::compact)
                : Optional.empty();
    }

    /** The client may change before the redemption. */
    private Optional<String> clientHash() {
        return policy.isEmpty()
                        || policy.get().isKeycloaksOwnChannel()
                        || asked.getUser() instanceof DecoyUser
                ? Optional.empty()
                : Optional.of(
                        new ClientSnapshot(session, asked.getClient())
                                .hash(asked.getUser(), asked.getScope()));
    }

    private Optional<String> claim(String name) {
        return Optional.ofNullable(asked.getOtherClaims().get(name)).map(Object::toString);
    }

    /** Only of a rule's request: at Keycloak's own endpoint anybody may send such a parameter. */
    private Optional<OneTimeUse> once() {
        return RequestIds.isOfRule(asked.getId())
                        && asked.getOtherClaims().get(InternalRequest.ONCE)
                                instanceof OneTimeUse use
                ? Optional.of(use)
                : Optional.empty();
    }

    /** At Keycloak's own endpoint it came in as one of the parameters that nobody checks. */
    private RequestContext context() {
        return Optional.ofNullable(asked.getOtherClaims().get(RequestContext.PARAMETER))
                .flatMap(json -> RequestContext.parse(json.toString()))
                .orElse(RequestContext.NONE);
    }
}
