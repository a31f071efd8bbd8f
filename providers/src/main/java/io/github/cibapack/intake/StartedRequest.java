// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.MatchNumbers;
import io.github.cibapack.request.Requests;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * A request that the user, or a decoy, is asked.
 *
 * @param request as it is stored
 * @param policy as it is for the user
 * @param hidden why a decoy is asked; empty if it is the user
 */
record StartedRequest(
        AuthenticationRequest request, CibaPolicy policy, Optional<CibaErrorException> hidden) {
    int expiresIn() {
        return Math.toIntExact(request.expiresAt() - request.createdAt());
    }

    /** The number that the relying party shows, if number matching is on. */
    Optional<String> matchCode() {
        return request.terms().numbers().map(MatchNumbers::shown);
    }

    /**
     * Writes the event, which tells the admin what the relying party must not learn: a request that
     * a decoy is asked is refused.
     */
    void write(HeldBackEvent event, KeycloakSession session) {
        event.detail(CibaEvents.AUTH_REQ_ID, request.authReqId());
        if (hidden.isPresent()) {
            event.detail(CibaEvents.HIDDEN, "true");
            hidden.get().write(event, session);
        } else {
            event.detail(CibaEvents.EXPIRES_IN, Integer.toString(expiresIn())).success();
            new Requests(session).accepted(request);
        }
    }
}
