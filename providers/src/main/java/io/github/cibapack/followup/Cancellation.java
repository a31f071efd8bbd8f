// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.followup;

import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;

/**
 * Takes a request back for the client that has started it. It is decided like by anybody else, so
 * that of this and all other decisions one counts: page, poll, notification and what is still to be
 * sent follow from that.
 */
public final class Cancellation {
    private final KeycloakSession session;
    private final Requests requests;
    private final Outcomes outcomes;

    public Cancellation(KeycloakSession session) {
        this.session = session;
        this.requests = new Requests(session);
        this.outcomes = new Outcomes(session);
    }

    /**
     * Ends the request that the form names, if it is pending.
     *
     * @throws io.github.cibapack.intake.CibaErrorException if the call is refused
     */
    public CancelResult of(MultivaluedMap<String, String> form) {
        return OwnRequest.of(session, form).map(this::cancel).orElse(CancelResult.UNKNOWN);
    }

    private CancelResult cancel(OAuth2DeviceCodeModel stored) {
        String id = stored.getDeviceCode();
        // first, so that a second call gets the answer of the first for as long as there is one
        Optional<CancelResult> before = outcomes.of(id).map(Cancellation::decided);
        if (before.isPresent()) {
            return before.get();
        }
        return switch (RequestState.of(stored)) {
            case PENDING -> requests.find(id).map(this::decide).orElse(CancelResult.UNKNOWN);
            case EXPIRED -> CancelResult.EXPIRED;
            case APPROVED, DENIED -> CancelResult.DECIDED;
            case UNKNOWN -> CancelResult.UNKNOWN;
        };
    }

    private CancelResult decide(AuthenticationRequest request) {
        if (outcomes.decide(request, Decision.CANCELLED_BY_CLIENT, Optional.empty(), Map.of())) {
            return CancelResult.CANCELLED;
        }
        return outcomes.now(request.id())
                .map(Cancellation::decided)
                .orElseGet(
                        () ->
                                request.isExpired()
                                        ? CancelResult.EXPIRED
                                        : CancelResult.BEING_DECIDED);
    }

    private static CancelResult decided(Outcome outcome) {
        return outcome.decision() == Decision.CANCELLED_BY_CLIENT
                ? CancelResult.CANCELLED
                : CancelResult.DECIDED;
    }
}
