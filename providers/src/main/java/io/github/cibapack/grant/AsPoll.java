// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.PollRateLimiter;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A poll at {@code as/token}, judged before Keycloak's grant. Client policies and holder of key
 * come before the state, whatever it is. A pending poll costs the store one {@code get} and one
 * {@code putIfAbsent}.
 */
final class AsPoll {
    private final OAuth2GrantType.Context context;
    private final KeycloakSession session;
    private final ClientModel client;
    private final EventBuilder event;
    private final TokenRequestChecks checks;
    private final Requests store;

    AsPoll(OAuth2GrantType.Context context, EventBuilder event, TokenRequestChecks checks) {
        this.context = context;
        this.session = context.getSession();
        this.client = context.getClient();
        this.event = event;
        this.checks = checks;
        this.store = new Requests(session);
    }

    /**
     * Judges the poll.
     *
     * @param authReqId as sent; null if it was not
     */
    PollResult judge(String authReqId) {
        if (!session.getContext().getRealm().getCibaPolicy().isOIDCCIBAGrantEnabled(client)) {
            return PollRefusal.of(PollError.GRANT_NOT_ALLOWED);
        }
        if (authReqId == null || authReqId.isBlank()) {
            return PollRefusal.of(PollError.NO_AUTH_REQ_ID);
        }
        String shown = CibaEvents.fromOutside(authReqId);
        event.detail(CibaEvents.AUTH_REQ_ID, shown);
        Optional<OAuth2DeviceCodeModel> own = store.deviceCodeOf(client, authReqId);
        RequestState state = RequestState.of(own.orElse(null));
        CIBAAuthenticationRequest asked = TokenRequestChecks.asked(client, own);
        if (state == RequestState.APPROVED) {
            checks.requireCertificate(asked);
            return new PollResult.Approved(own.orElseThrow());
        }
        checks.requireAll(asked);
        return switch (state) {
            case PENDING -> undecided(own.orElseThrow(), shown);
            case DENIED -> PollRefusal.of(denied(own.orElseThrow()));
            case EXPIRED -> PollRefusal.of(PollError.EXPIRED);
            case UNKNOWN -> PollRefusal.of(PollError.UNKNOWN);
            case APPROVED -> throw new IllegalStateException("unreachable: answered above");
        };
    }

    private PollRefusal undecided(OAuth2DeviceCodeModel request, String authReqId) {
        if (!(new PollRateLimiter(session).poll(request)
                instanceof PollRateLimiter.Verdict.TooEarly early)) {
            return PollRefusal.of(PollError.PENDING).held(() -> HeldPoll.of(context, request));
        }
        if (early.abuse()) {
            CibaEvents.mark(event.clone(), session, CibaEvent.POLL_ABUSE)
                    .detail(CibaEvents.AUTH_REQ_ID, authReqId)
                    .error(Errors.SLOW_DOWN);
        }
        return PollRefusal.slowDown(early.retryAfter());
    }

    private PollError denied(OAuth2DeviceCodeModel request) {
        return new Outcomes(session)
                .of(request.getDeviceCode())
                .filter(outcome -> outcome.decision() == Decision.UNDELIVERABLE)
                .map(outcome -> PollError.UNDELIVERABLE)
                .orElse(PollError.DENIED);
    }
}
