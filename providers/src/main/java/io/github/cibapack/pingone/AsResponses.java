// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.intake.CibaErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** The answers of the {@code as} endpoints: JSON, never cached, with the correlation id. */
final class AsResponses {
    private final KeycloakSession session;
    private final String correlationId;

    AsResponses(KeycloakSession session) {
        this.session = session;
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

    Response refused(CibaErrorException e) {
        session.getTransactionManager().setRollbackOnly();
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
            response.header(
                    HttpHeaders.WWW_AUTHENTICATE,
                    "Basic realm=\"" + session.getContext().getRealm().getName() + "\"");
        }
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
