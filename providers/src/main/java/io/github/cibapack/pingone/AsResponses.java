// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.intake.CibaError;
import io.github.cibapack.intake.CibaErrorException;
import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
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

    /** A body of another type. */
    Response notAForm() {
        return refused(
                CibaErrorException.invalid(
                        "The content type must be application/x-www-form-urlencoded.",
                        "wrong_content_type"));
    }

    /** A failure of the server: what was written is rolled back. */
    Response failed(RuntimeException failure) {
        return refused(logged(failure));
    }

    /** A failure of the server, after the session has ended. */
    Response failedLater(Throwable failure) {
        return error(logged(failure));
    }

    private CibaErrorException logged(Throwable failure) {
        if (StoreOutage.isDeadlock(failure)) {
            // nothing is wrong, and it may come for each of many calls at once
            LOG.warnf("Another call came first in the database (correlation id %s)", correlationId);
            return CibaErrorException.storeOutage();
        }
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
        return error(e.error().status(), e.error().code(), e.sentence(), e.retryAfter());
    }

    /** An error answer; what becomes of the transaction is the caller's decision. */
    Response error(int status, String error, String sentence) {
        return error(status, error, sentence, OptionalInt.empty());
    }

    /**
     * An error answer, as above.
     *
     * @param retryAfter seconds after which the call may be repeated, if it may
     */
    Response error(int status, String error, String sentence, OptionalInt retryAfter) {
        OAuth2ErrorRepresentation body =
                new OAuth2ErrorRepresentation(
                        error, CorrelationId.appendTo(sentence, correlationId));
        Response.ResponseBuilder response = Response.status(status).entity(body);
        if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            // RFC 6749 §5.2
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"" + realmName + "\"");
        }
        retryAfter.ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return finished(response);
    }

    private Response finished(Response.ResponseBuilder response) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header(CorrelationId.HEADER, correlationId)
                .header(HttpHeaders.CACHE_CONTROL, null)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
