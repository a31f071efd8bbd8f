// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.grant.PollError;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Puts errors that arise before the {@code as} endpoints are reached (unknown realm, wrong path or
 * method) into their form. A filter is live for the whole server, so it looks at the path before it
 * changes anything.
 */
@Provider
@Priority(0)
public final class AsErrorFilter implements ContainerResponseFilter {
    private static final Pattern AS_ENDPOINT = Pattern.compile("(?s)/?realms/[^/]+/as(/.*)?");
    private static final Set<Integer> NO_SUCH_ENDPOINT =
            Set.of(
                    Response.Status.NOT_FOUND.getStatusCode(),
                    Response.Status.METHOD_NOT_ALLOWED.getStatusCode());

    /** Keycloak's word for an exception that nobody caught. */
    private static final String UNCAUGHT = "unknown_error";

    private static final int FIRST_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < FIRST_ERROR
                || response.getHeaders().containsKey(CorrelationId.HEADER)
                || !AS_ENDPOINT.matcher(request.getUriInfo().getPath()).matches()
                || isOAuthError(response.getEntity())) {
            return;
        }
        if (isDenied(response)) {
            rewrite(
                    response,
                    OAuthErrorException.ACCESS_DENIED,
                    PollErrors.of(PollError.DENIED).sentence());
        } else {
            boolean isServers = response.getStatus() >= FIRST_SERVER_ERROR;
            rewrite(response, isServers ? "server_error" : "invalid_request", sentence(response));
        }
    }

    private static void rewrite(ContainerResponseContext response, String error, String sentence) {
        String correlationId = UUID.randomUUID().toString();
        OAuth2ErrorRepresentation body =
                new OAuth2ErrorRepresentation(
                        error, CorrelationId.appendTo(sentence, correlationId));
        response.setEntity(body, null, MediaType.APPLICATION_JSON_TYPE);
        response.getHeaders().putSingle(CorrelationId.HEADER, correlationId);
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Keycloak's token endpoint answers other grants, and these answers pass unchanged. */
    private static boolean isOAuthError(Object entity) {
        return entity instanceof OAuth2ErrorRepresentation error
                && error.getErrorDescription() != null
                && !UNCAUGHT.equals(error.getError());
    }

    /** Said after the commit, by a redemption that a revocation was faster than. */
    private static boolean isDenied(ContainerResponseContext response) {
        return response.getEntity() instanceof OAuth2ErrorRepresentation error
                && OAuthErrorException.ACCESS_DENIED.equals(error.getError());
    }

    private static String sentence(ContainerResponseContext response) {
        boolean unknownRealm =
                response.getEntity() instanceof OAuth2ErrorRepresentation error
                        && "Realm does not exist".equals(error.getError());
        if (unknownRealm) {
            return "The realm does not exist.";
        }
        return NO_SUCH_ENDPOINT.contains(response.getStatus())
                ? "There is no such endpoint, or not for this HTTP method."
                : "The request could not be processed.";
    }
}
