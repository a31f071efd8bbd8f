// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.store.StoreOutage;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.keycloak.OAuthErrorException;

/**
 * Says when to come back where the store fails outside of the pack's resources: Keycloak commits
 * after the resource has answered, and looks for the realm before. It would answer 500.
 */
@Provider
@Priority(StoreOutageFilter.BEFORE_OTHERS)
public final class StoreOutageFilter implements ContainerResponseFilter {

    /** Filters of answers with a high number come first: this one decides the status. */
    static final int BEFORE_OTHERS = 10_000;

    private static final int FAILED = Response.Status.INTERNAL_SERVER_ERROR.getStatusCode();

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == FAILED) {
            OwnPath.of(request)
                    .filter(path -> isOutage())
                    .ifPresent(path -> unavailable(path, response));
        }
    }

    private static boolean isOutage() {
        ResteasyReactiveRequestContext call = CurrentRequestManager.get();
        return call != null
                && call.getThrowable() != null
                && StoreOutage.isCauseOf(call.getThrowable());
    }

    private static void unavailable(OwnPath path, ContainerResponseContext response) {
        response.setStatusInfo(Response.Status.SERVICE_UNAVAILABLE);
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, StoreOutage.RETRY_AFTER_SECONDS);
        if (isPage(response)) {
            return;
        }
        Response plain =
                PlainAnswer.of(
                        path,
                        Response.Status.SERVICE_UNAVAILABLE,
                        OAuthErrorException.SERVER_ERROR,
                        StoreOutage.SENTENCE);
        response.setEntity(plain.getEntity(), null, plain.getMediaType());
        response.getHeaders()
                .putSingle(CorrelationId.HEADER, plain.getHeaderString(CorrelationId.HEADER));
    }

    /** Keycloak's page for people that says that something went wrong. */
    private static boolean isPage(ContainerResponseContext response) {
        return response.getMediaType() != null
                && MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType());
    }
}
