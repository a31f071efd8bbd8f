// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.policy.PublicClient;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * Refuses a redemption, in the event and to the client. The transaction is rolled back, here or
 * where the exception is caught: no session and no consent stays behind.
 *
 * @param event of the poll
 */
record RedemptionRefusal(KeycloakSession session, EventBuilder event, Cors cors) {

    /**
     * CIBA Core §7.1: the client authenticates; one that has become public since the start, too.
     *
     * @throws CorsErrorResponseException at Keycloak's own endpoint
     */
    Response publicClient() {
        write(PublicClient.REASON, Errors.INVALID_CLIENT);
        if (CallContext.isAtAs(session)) {
            return PollRefusal.of(PollError.PUBLIC_CLIENT).inResponse();
        }
        throw new CorsErrorResponseException(
                cors,
                OAuthErrorException.INVALID_CLIENT,
                PublicClient.SENTENCE,
                Response.Status.UNAUTHORIZED);
    }

    /** RFC 8707 §2.2. */
    CorsErrorResponseException invalidTarget() {
        write("resource_not_approved", OAuthErrorException.INVALID_TARGET);
        session.getTransactionManager().setRollbackOnly();
        return new CorsErrorResponseException(
                cors,
                OAuthErrorException.INVALID_TARGET,
                "The token cannot be for this resource.",
                Response.Status.BAD_REQUEST);
    }

    /**
     * The approval is not good for tokens.
     *
     * @param reason for the event
     * @throws CorsErrorResponseException at Keycloak's own endpoint
     */
    Response of(String reason, PollError error) {
        write(reason, reason);
        if (CallContext.isAtAs(session)) {
            return PollRefusal.of(error).inResponse();
        }
        session.getTransactionManager().setRollbackOnly();
        throw new CorsErrorResponseException(
                cors,
                OAuthErrorException.INVALID_GRANT,
                "The request cannot be redeemed",
                Response.Status.BAD_REQUEST);
    }

    private void write(String reason, String error) {
        CibaEvents.mark(event, session, CibaEvent.REDEMPTION_REFUSED)
                .detail(Details.REASON, reason)
                .error(error);
    }
}
