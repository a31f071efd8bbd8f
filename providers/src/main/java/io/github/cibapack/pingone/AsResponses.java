// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.grant.PollError;
import io.github.cibapack.grant.PollRefusal;
import io.github.cibapack.intake.CibaError;
import io.github.cibapack.intake.CibaErrorException;
import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** The answers of the {@code as} endpoints: JSON, never cached, with the correlation id. */
final class AsResponses {
    private static final Logger LOG = Logger.getLogger(AsResponses.class);

    private final KeycloakSession session;
    private final String realmName;
    private final String correlationId;

    AsResponses(KeycloakSession session) {
        this.session = session;
        this.realmName = session.getContext().getRealm().getName();
        this.correlationId = CorrelationId.of(session);
    }

    String correlationId() {
        return correlationId;
    }

    Response ok(Map<String, Object> body) {
        return finished(Response.ok(body));
    }

    /** An answer of Keycloak's, with the correlation id added. */
    Response ok(Response keycloaks) {
        return finished(Response.fromResponse(keycloaks));
    }

    /** A refusal: what was written is rolled back. */
    Response refused(CibaErrorException e) {
        session.getTransactionManager().setRollbackOnly();
        return error(e);
    }

    /** A failure of the server: what was written is rolled back. */
    Response failed(RuntimeException failure) {
        return refused(logged(failure));
    }

    /** The approval was revoked while its session was ending. */
    Response denied() {
        PollErrors denied = PollErrors.of(PollError.DENIED);
        return error(denied.status(), denied.error(), denied.sentence());
    }

    /** A failure of the server, after the session has ended. */
    Response failedLater(Throwable failure) {
        return error(logged(failure));
    }

    private CibaErrorException logged(Throwable failure) {
        if (StoreOutage.isCauseOf(failure)) {
            LOG.warnf(Redacted.of(failure), "The store fails (correlation id %s)", correlationId);
            return CibaErrorException.storeOutage();
        }
        LOG.errorf(Redacted.of(failure), "Unexpected failure (correlation id %s)", correlationId);
        return new CibaErrorException(
                CibaError.INTERNAL_ERROR,
                "The server could not process the request.",
                "unexpected");
    }

    private Response error(CibaErrorException e) {
        Response response = error(e.error().status(), e.error().code(), e.sentence());
        return e.retryAfter().isEmpty()
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.RETRY_AFTER, e.retryAfter().getAsInt())
                        .build();
    }

    /** An error answer; what becomes of the transaction is the caller's decision. */
    Response error(int status, String error, String sentence) {
        OAuth2ErrorRepresentation body =
                new OAuth2ErrorRepresentation(
                        error, CorrelationId.appendTo(sentence, correlationId));
        Response.ResponseBuilder response = Response.status(status).entity(body);
        if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            // RFC 6749 §5.2
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"" + realmName + "\"");
        }
        return finished(response);
    }

    /** A poll or another call about a request that gets no more than this. */
    Response refused(PollRefusal refusal) {
        keepOrRollBack(refusal.state());
        PollErrors answer = PollErrors.of(refusal.state());
        Response response = error(answer.status(), answer.error(), answer.sentence());
        return refusal.retryAfter().isPresent()
                ? Response.fromResponse(response)
                        .header(HttpHeaders.RETRY_AFTER, refusal.retryAfter().getAsInt())
                        .build()
                : response;
    }

    /** A refusal of Keycloak's code, in the form of these endpoints. */
    Response refused(WebApplicationException keycloaks) {
        session.getTransactionManager().setRollbackOnly();
        return documented(keycloaks.getResponse());
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
        return isNotAuthenticated ? notAuthenticated() : error(status, error, sentence);
    }

    Response notAuthenticated() {
        return error(
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

    private Response finished(Response.ResponseBuilder response) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header(CorrelationId.HEADER, correlationId)
                .header(HttpHeaders.CACHE_CONTROL, null)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
