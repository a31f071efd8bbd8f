// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/**
 * An entry is kept in a form that this version does not know: a newer one has written it, on
 * another node of a cluster that is being updated. Nothing of it is read and nothing is changed, so
 * that the same call may succeed on another node.
 */
public final class NewerEntryException extends ErrorResponseException {
    private static final long serialVersionUID = 1L;

    NewerEntryException() {
        super(
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header(HttpHeaders.RETRY_AFTER, StoreOutage.RETRY_AFTER_SECONDS)
                        .entity(
                                new OAuth2ErrorRepresentation(
                                        OAuthErrorException.SERVER_ERROR,
                                        "This node does not know the request's form yet: it is"
                                                + " older than the node that took the request in."
                                                + " Try again."))
                        .build());
    }
}
