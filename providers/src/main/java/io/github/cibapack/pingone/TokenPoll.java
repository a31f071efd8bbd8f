// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.clientauth.SentCredentials;
import io.github.cibapack.grant.PollError;
import io.github.cibapack.grant.PollRefusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.TokenEndpoint;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** One call of {@code as/token}: Keycloak's token endpoint with the answers of PingOne. */
final class TokenPoll {
    private final KeycloakSession session;
    private final AsResponses answers;

    TokenPoll(KeycloakSession session, AsResponses answers) {
        this.session = session;
        this.answers = answers;
    }

    boolean isCiba() {
        return OAuth2Constants.CIBA_GRANT_TYPE.equals(
                session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .getFirst(OIDCLoginProtocol.GRANT_TYPE_PARAM));
    }

    /** Keycloak's answer, unchanged. */
    Response otherGrant() {
        if (!SentCredentials.areReadable(session)) {
            return notAuthenticated();
        }
        return endpoint(CibaEvents.keycloaksEvent(session)).processGrantRequest();
    }

    Response answer() {
        if (!SentCredentials.areReadable(session)) {
            CibaEvents.correlate(CibaEvents.keycloaksEvent(session), session)
                    .event(EventType.AUTHREQID_TO_TOKEN)
                    .error(Errors.INVALID_CLIENT_CREDENTIALS);
            return notAuthenticated();
        }
        try {
            EventBuilder event = CibaEvents.correlate(CibaEvents.keycloaksEvent(session), session);
            Response response = endpoint(event).processGrantRequest();
            return PollRefusal.in(response)
                    .map(this::refused)
                    .orElseGet(() -> answers.ok(response));
        } catch (WebApplicationException e) {
            session.getTransactionManager().setRollbackOnly();
            return documented(e.getResponse());
        }
    }

    private Response refused(PollRefusal refusal) {
        keepOrRollBack(refusal.state());
        PollErrors answer = PollErrors.of(refusal.state());
        Response response = answers.error(answer.status(), answer.error(), answer.sentence());
        return refusal.retryAfter().isPresent()
                ? Response.fromResponse(response)
                        .header(HttpHeaders.RETRY_AFTER, refusal.retryAfter().getAsInt())
                        .build()
                : response;
    }

    private TokenEndpoint endpoint(EventBuilder event) {
        return new TokenEndpoint(session, new TokenManager(), event);
    }

    /** Only the interval's lock must stay; in the database it would go with a rollback. */
    private void keepOrRollBack(PollError state) {
        if (state != PollError.PENDING && state != PollError.SLOW_DOWN) {
            session.getTransactionManager().setRollbackOnly();
        }
    }

    private Response documented(Response keycloaks) {
        int status = keycloaks.getStatus();
        String error = OAuthErrorException.INVALID_REQUEST;
        String sentence = "The request could not be processed.";
        if (keycloaks.getEntity() instanceof OAuth2ErrorRepresentation representation) {
            error = asOAuthError(representation.getError());
            sentence =
                    representation.getErrorDescription() == null
                            ? sentence
                            : asSentence(representation.getErrorDescription());
        }
        // Keycloak has several codes for it; the context knows a client once it is authenticated
        boolean isNotAuthenticated =
                status == Response.Status.UNAUTHORIZED.getStatusCode()
                        || OAuthErrorException.INVALID_CLIENT.equals(error)
                        || (OAuthErrorException.UNAUTHORIZED_CLIENT.equals(error)
                                && session.getContext().getClient() == null);
        return isNotAuthenticated ? notAuthenticated() : answers.error(status, error, sentence);
    }

    private Response notAuthenticated() {
        return answers.error(
                Response.Status.UNAUTHORIZED.getStatusCode(),
                OAuthErrorException.INVALID_CLIENT,
                "Client authentication failed.");
    }

    /** Keycloak says {@code not_allowed}, which is no OAuth error, where the user lacks a scope. */
    private static String asOAuthError(String error) {
        return Errors.NOT_ALLOWED.equals(error) ? OAuthErrorException.INVALID_SCOPE : error;
    }

    private static String asSentence(String description) {
        return description.endsWith(".") ? description : description + ".";
    }
}
