// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.audit.TracedStep;
import io.github.cibapack.details.GrantedDetails;
import io.github.cibapack.links.NeedsNewer;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.Redemptions;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.resource.GrantedResources;
import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.scope.GrantedScopes;
import io.github.cibapack.scope.RequestedScopes;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * Keycloak's CIBA grant with a gate in front of the tokens. Polls at Keycloak's own endpoint run
 * through Keycloak's code with Keycloak's texts. Polls at {@code as/token} are judged first ({@link
 * AsPoll}) and only an approved one is handed over. Either way tokens are only made for the one
 * redemption that claims the request, and only for the user whom the stored request names.
 */
final class SingleRedemptionGrantType extends CibaGrantType {
    /** The request that the {@code as} endpoint is about to redeem; null at Keycloak's own. */
    private HandedOver handedOver;

    /** The id of the request at Keycloak's own endpoint; null at the {@code as} endpoint. */
    private String passedId;

    /** What is stored of the request until Keycloak's grant removes it; null if undecided. */
    private OAuth2DeviceCodeModel stored;

    /** Whether the approval leaves no lasting consent behind. */
    private boolean forOneTime;

    /**
     * A request of the {@code as} endpoint.
     *
     * @param asked the scope that the user was asked for
     * @param scope the scope that tokens are made for: it may be less
     */
    private record HandedOver(String requestId, String asked, String scope) {
        boolean asksForOfflineAccess() {
            return TokenManager.parseScopeParameter(scope)
                    .anyMatch(OAuth2Constants.OFFLINE_ACCESS::equals);
        }
    }

    @Override
    public Response process(Context context) {
        super.setContext(context);
        try {
            Response answer = answer(context);
            Meters.poll(realm.getName(), PollMetricLabel.of(answer));
            return answer;
        } catch (RuntimeException e) {
            Meters.poll(realm.getName(), PollMetricLabel.of(e));
            throw CallContext.isAtAs(session) ? e : DeadlockException.insteadOf(e, session, cors);
        }
    }

    private Response answer(Context context) {
        if (client.isPublicClient()) {
            return refusal().publicClient();
        }
        if (!CallContext.isAtAs(session)) {
            return super.process(context);
        }
        PollResult result =
                new AsPoll(context, event, checks()).judge(formParams.getFirst(AUTH_REQ_ID));
        if (result instanceof PollRefusal refusal) {
            return refusal.inResponse();
        }
        return redeem(((PollResult.Approved) result).request(), context);
    }

    private TokenRequestChecks checks() {
        return new TokenRequestChecks(session, clientConfig, request, formParams, event, cors);
    }

    private RedemptionRefusal refusal() {
        return new RedemptionRefusal(session, event, cors);
    }

    /** RFC 8707 §2. */
    @Override
    public Set<String> getSupportedMultivaluedRequestParameters() {
        return Set.of(ResourceIndicators.PARAMETER);
    }

    /** Keycloak's grant sets its fields anew from the context. */
    @Override
    protected void setContext(Context context) {
        super.setContext(context);
        if (!CallContext.isAtAs(session)) {
            session = ParsedRequestSession.of(session, this::passed);
        } else if (forOneTime) {
            session = ConsentFreeSession.of(session);
        }
    }

    /** A poll at Keycloak's own endpoint whose request the client policies have let pass. */
    private void passed(CIBAAuthenticationRequest own) {
        session = context.getSession();
        checks().requireCertificate();
        passedId = own.getId();
        decided(own).ifPresent(this::admit);
    }

    /** What is stored of a request of this client that has been decided. */
    private Optional<OAuth2DeviceCodeModel> decided(CIBAAuthenticationRequest own) {
        return Optional.ofNullable(own.getId())
                .flatMap(new Requests(session)::deviceCode)
                .filter(stored -> client.getClientId().equals(stored.getClientId()))
                .filter(stored -> RequestState.of(stored).isDecided());
    }

    /**
     * Keycloak's own lock would make the poll right after a ping wait. Requests that another
     * channel has decided have no outcome, and keep Keycloak's rule for the consent.
     */
    private void admit(OAuth2DeviceCodeModel request) {
        stored = request;
        Requests store = new Requests(session);
        // Keycloak's grant removes the request before it makes tokens
        if (!RequestedResources.areWithin(formParams, store.find(request.getDeviceCode()))) {
            throw refusal().invalidTarget();
        }
        store.unlockPolling(request);
        // read before that in any case: one of another version is for a node of that version
        Optional<Outcome> outcome = new Outcomes(session).of(request.getDeviceCode());
        forOneTime = !client.isConsentRequired() && outcome.isPresent();
        if (forOneTime) {
            session = ConsentFreeSession.of(session);
        }
    }

    /** Gives Keycloak's grant an approved request to redeem. */
    private Response redeem(OAuth2DeviceCodeModel request, Context context) {
        Redemptions redemptions = new Redemptions(session);
        Optional<AuthenticationRequest> kept =
                new Requests(session)
                        .find(request.getDeviceCode())
                        .filter(unused -> !redemptions.isClaimed(unused.id()));
        if (kept.isEmpty()) {
            return PollRefusal.of(PollError.UNKNOWN).inResponse();
        }
        stored = request;
        AuthenticationRequest record = kept.get();
        UserModel user = session.users().getUserById(realm, record.userId());
        if (user == null || !user.isEnabled()) {
            return refusal()
                    .of(
                            user == null ? Errors.USER_NOT_FOUND : Errors.USER_DISABLED,
                            PollError.NO_LONGER_VALID);
        }
        // the user may have lost the right to an offline token since
        String scope =
                new RequestedScopes(session, client)
                        .withoutVainOfflineAccess(user, request.getScope());
        handedOver = new HandedOver(record.id(), request.getScope(), scope);
        forOneTime = !client.isConsentRequired();
        formParams.putSingle(AUTH_REQ_ID, redemptions.handOver(record, client, user, scope));
        return super.process(context);
    }

    /** At the {@code as} endpoint a refresh token is for those who ask for offline access. */
    @NeedsNewer(otherwise = "Tokens of 'as/token' come with a refresh token, asked for or not.")
    @Override
    protected boolean useRefreshToken() {
        return clientConfig.isUseRefreshToken()
                && (handedOver == null || handedOver.asksForOfflineAccess());
    }

    @Override
    protected Response createTokenResponse(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext,
            String scope,
            boolean code,
            Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
        return TracedStep.REDEMPTION.trace(
                session,
                notes -> {
                    notes.request(RequestIds.shown(requestId()));
                    Response answer =
                            redeemed(
                                    user,
                                    userSession,
                                    clientSessionContext,
                                    scope,
                                    () ->
                                            super.createTokenResponse(
                                                    user,
                                                    userSession,
                                                    clientSessionContext,
                                                    scope,
                                                    code,
                                                    policyContext));
                    notes.outcome(PollMetricLabel.of(answer));
                    return answer;
                });
    }

    private Response redeemed(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext,
            String scope,
            Supplier<Response> makeTokens) {
        String requestId = requestId();
        // before the claim: a token request that can be mended must not use the approval up
        if (formParams.containsKey(ResourceIndicators.PARAMETER)
                && !new RequestedResources(session, user, clientSessionContext)
                        .choose(formParams, new Requests(session).find(requestId))) {
            throw refusal().invalidTarget();
        }
        RedemptionGate gate = new RedemptionGate(session, user, userSession, clientSessionContext);
        RedemptionGate.Verdict verdict =
                gate.claim(
                        requestId,
                        Optional.ofNullable(stored),
                        handedOver == null ? scope : handedOver.asked());
        if (verdict instanceof RedemptionGate.Refused refused) {
            return refusal().of(refused.reason(), refused.error());
        }
        RedemptionGate.Claimed claimed = (RedemptionGate.Claimed) verdict;
        describe(claimed, userSession, clientSessionContext);
        Response tokens = makeTokens.get();
        gate.redeemed(claimed.request());
        return tokens;
    }

    /** Tells mappers and the event what the tokens are for. */
    private void describe(
            RedemptionGate.Claimed claimed,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext) {
        AuthenticationRequest record = claimed.request();
        // another channel's decision leaves no outcome: then Keycloak's own values stay
        claimed.outcome()
                .ifPresent(
                        known ->
                                AuthenticationClaims.describe(
                                        known,
                                        userSession,
                                        clientSessionContext,
                                        record.acrValues()));
        CibaRequestMapper.remember(clientSessionContext, record);
        record.clientHash().ifPresent(judged -> GrantedScopes.remember(clientSessionContext));
        record.authorizationDetails()
                .ifPresent(
                        approved -> {
                            approved.describe(event);
                            GrantedDetails.remember(clientSessionContext, approved);
                        });
        record.resources()
                .ifPresent(
                        approved -> {
                            approved.describe(event);
                            GrantedResources.remember(clientSessionContext, approved);
                        });
        record.policy().ifPresent(policy -> policy.addTo(event));
        CibaEvents.mark(event, session, CibaEvent.REDEEMED)
                .detail(CibaEvents.AUTH_REQ_ID, RequestIds.shown(record.id()))
                .detail(
                        CibaEvents.ACR_VALUES,
                        CibaEvents.fromOutside(record.acrValues().orElse(null)));
    }

    private String requestId() {
        return handedOver != null ? handedOver.requestId() : Objects.requireNonNull(passedId);
    }
}
