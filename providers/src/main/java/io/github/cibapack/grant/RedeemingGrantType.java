// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.scope.RequestedScopes;
import io.github.cibapack.store.Decision;
import io.github.cibapack.store.PollPace;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.RequestRecord;
import io.github.cibapack.store.RequestState;
import io.github.cibapack.store.RequestStore;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * Keycloak's CIBA grant with a gate in front of the tokens. Polls at Keycloak's own endpoint run
 * through Keycloak's code with Keycloak's texts. Polls at the documented endpoint are judged here
 * and an approved one is handed over. Either way tokens are only made for the one redemption that
 * takes the request's record, and only for the user whom the record names.
 */
final class RedeemingGrantType extends CibaGrantType {

    /** The request that the documented endpoint is about to redeem; null at Keycloak's own. */
    private HandedOver handedOver;

    /** Whether the approval leaves no lasting consent behind. */
    private boolean forOneTime;

    private record HandedOver(String requestId, String scope) {
        boolean asksForOfflineAccess() {
            return TokenManager.parseScopeParameter(scope)
                    .anyMatch(OAuth2Constants.OFFLINE_ACCESS::equals);
        }
    }

    @Override
    public Response process(Context context) {
        setContext(context);
        try {
            Response tokens = answer(context);
            Meters.poll(realm.getName(), "tokens");
            return tokens;
        } catch (PollRefusedException e) {
            Meters.poll(realm.getName(), e.state().name().toLowerCase(Locale.ROOT));
            throw e;
        } catch (CorsErrorResponseException e) {
            Meters.poll(realm.getName(), Answered.of(e));
            throw e;
        }
    }

    private Response answer(Context context) {
        if (DocumentedEndpoint.isEntered(session)) {
            handOver();
        } else {
            decidedHere().ifPresent(this::admit);
        }
        return super.process(context);
    }

    /** Keycloak's grant sets its fields anew from the context. */
    @Override
    protected void setContext(Context context) {
        super.setContext(context);
        if (forOneTime) {
            session = ConsentFreeSession.of(session);
        }
    }

    /**
     * A decided request of this client at Keycloak's own endpoint. What is none is left to Keycloak
     * to answer.
     */
    private Optional<OAuth2DeviceCodeModel> decidedHere() {
        return ownRequestId()
                .flatMap(new RequestStore(session)::request)
                .filter(request -> client.getClientId().equals(request.getClientId()))
                .filter(request -> RequestState.of(request).isDecided());
    }

    /**
     * Keycloak's own lock would make the poll right after a ping wait. Requests that another
     * channel has decided have no outcome, and keep Keycloak's rule for the consent.
     */
    private void admit(OAuth2DeviceCodeModel request) {
        RequestStore store = new RequestStore(session);
        store.unlockPolling(request);
        if (RequestState.of(request) == RequestState.APPROVED) {
            requireCertificate();
        }
        forOneTime =
                !client.isConsentRequired() && store.outcome(request.getDeviceCode()).isPresent();
    }

    private void requireCertificate() {
        new CertificateBinding(session, event, cors).requirePossible(clientConfig, request);
    }

    private Optional<String> ownRequestId() {
        String authReqId = formParams.getFirst(AUTH_REQ_ID);
        if (authReqId == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    CIBAAuthenticationRequest.deserialize(session, authReqId).getId());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Gives Keycloak's grant an approved request to redeem, or says why there is none. */
    private void handOver() {
        if (client.isPublicClient()) {
            throw new PollRefusedException(PollState.PUBLIC_CLIENT);
        }
        if (!realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client)) {
            throw new PollRefusedException(PollState.GRANT_NOT_ALLOWED);
        }
        String authReqId = formParams.getFirst(AUTH_REQ_ID);
        if (authReqId == null || authReqId.isBlank()) {
            throw new PollRefusedException(PollState.NO_AUTH_REQ_ID);
        }
        event.detail(AuditTrail.AUTH_REQ_ID, authReqId);
        RequestStore store = new RequestStore(session);
        OAuth2DeviceCodeModel request = requireApproved(store, authReqId);
        RequestRecord record =
                store.record(request.getDeviceCode())
                        .orElseThrow(() -> new PollRefusedException(PollState.UNKNOWN));
        UserModel user = session.users().getUserById(realm, record.userId());
        if (user == null || !user.isEnabled()) {
            throw refused(
                    user == null ? Errors.USER_NOT_FOUND : Errors.USER_DISABLED,
                    PollState.NO_LONGER_VALID);
        }
        CIBAAuthenticationRequest approved = new CIBAAuthenticationRequest(session, user, client);
        approved.id(KeycloakModelUtils.generateId());
        // the user may have lost the right to an offline token since
        String scope =
                new RequestedScopes(session, client)
                        .withoutVainOfflineAccess(user, request.getScope());
        approved.setScope(scope);
        record.acrValues().ifPresent(approved::setAcrValues);
        store.handOver(approved, client);
        handedOver = new HandedOver(record.requestId(), scope);
        forOneTime = !client.isConsentRequired();
        formParams.putSingle(AUTH_REQ_ID, approved.serialize(session));
    }

    /** A pending poll ends here and costs one {@code get} and one {@code putIfAbsent}. */
    private OAuth2DeviceCodeModel requireApproved(RequestStore store, String authReqId) {
        OAuth2DeviceCodeModel request =
                RequestIds.fromAuthReqId(authReqId)
                        .flatMap(store::request)
                        .filter(found -> client.getClientId().equals(found.getClientId()))
                        .orElseThrow(() -> new PollRefusedException(PollState.UNKNOWN));
        switch (RequestState.of(request)) {
            case APPROVED -> {
                requireCertificate();
                return request;
            }
            case PENDING -> throw undecided(store.poll(request), authReqId);
            case DENIED -> throw new PollRefusedException(denied(store, request.getDeviceCode()));
            case EXPIRED -> throw new PollRefusedException(PollState.EXPIRED);
            case UNKNOWN -> throw new PollRefusedException(PollState.UNKNOWN);
        }
        throw new IllegalStateException("unreachable: all states are listed");
    }

    private PollRefusedException undecided(PollPace.Verdict verdict, String authReqId) {
        if (!(verdict instanceof PollPace.Verdict.TooEarly early)) {
            return new PollRefusedException(PollState.PENDING);
        }
        if (early.abuse()) {
            AuditTrail.mark(event.clone(), session, CibaEvent.POLL_ABUSE)
                    .detail(AuditTrail.AUTH_REQ_ID, authReqId)
                    .error(Errors.SLOW_DOWN);
        }
        return PollRefusedException.slowDown(early.retryAfter());
    }

    private static PollState denied(RequestStore store, String requestId) {
        return store.outcome(requestId)
                .filter(outcome -> outcome.decision() == Decision.UNDELIVERABLE)
                .map(outcome -> PollState.UNDELIVERABLE)
                .orElse(PollState.DENIED);
    }

    /** At the documented endpoint a refresh token is for those who ask for offline access. */
    @Override
    protected boolean useRefreshToken() {
        return super.useRefreshToken() && (handedOver == null || handedOver.asksForOfflineAccess());
    }

    /**
     * The gate, the last step before tokens: takes the record, which one redemption of all nodes
     * can, and looks at the user once more.
     */
    @Override
    protected Response createTokenResponse(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext,
            String scope,
            boolean code,
            Function<TokenManager.AccessTokenResponseBuilder, ClientPolicyContext> policyContext) {
        String requestId = requestId();
        RequestStore store = new RequestStore(session);
        RequestRecord record =
                store.take(requestId)
                        .orElseThrow(() -> refused("already_redeemed", PollState.UNKNOWN));
        Optional<String> failure = new Revalidation(session).failure(record, client, user);
        if (failure.isPresent()) {
            throw refused(failure.get(), PollState.NO_LONGER_VALID);
        }
        // another channel's decision leaves no outcome: then Keycloak's own values stay
        store.outcome(requestId)
                .ifPresent(
                        outcome ->
                                new Authentication(outcome)
                                        .describe(
                                                userSession,
                                                clientSessionContext,
                                                record.acrValues()));
        CibaRequestMapper.remember(clientSessionContext, record);
        record.policy().ifPresent(policy -> policy.addTo(event));
        AuditTrail.mark(event, session, CibaEvent.REDEEMED)
                .detail(AuditTrail.AUTH_REQ_ID, RequestIds.shown(requestId))
                .detail(
                        AuditTrail.ACR_VALUES,
                        AuditTrail.fromOutside(record.acrValues().orElse(null)));
        Response tokens =
                super.createTokenResponse(
                        user, userSession, clientSessionContext, scope, code, policyContext);
        store.close(requestId);
        return tokens;
    }

    private String requestId() {
        return handedOver != null
                ? handedOver.requestId()
                : CIBAAuthenticationRequest.deserialize(session, formParams.getFirst(AUTH_REQ_ID))
                        .getId();
    }

    /**
     * The transaction is rolled back, here or where the exception is caught: no session and no
     * consent stays behind.
     */
    private RuntimeException refused(String error, PollState state) {
        AuditTrail.mark(event, session, CibaEvent.REDEMPTION_REFUSED)
                .detail(Details.REASON, error)
                .error(error);
        if (DocumentedEndpoint.isEntered(session)) {
            return new PollRefusedException(state);
        }
        session.getTransactionManager().setRollbackOnly();
        return new CorsErrorResponseException(
                cors,
                OAuthErrorException.INVALID_GRANT,
                "The request cannot be redeemed",
                Response.Status.BAD_REQUEST);
    }
}
