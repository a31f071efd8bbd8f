// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import io.github.cibapack.audit.CorrelationId;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** The answer to a request that none of the pack's resources can answer. */
final class PlainAnswer {
    private PlainAnswer() {}

    /** A request that cannot be read. */
    static Response unreadable(OwnPath path, String sentence) {
        return of(path, Response.Status.BAD_REQUEST, OAuthErrorException.INVALID_REQUEST, sentence);
    }

    static Response of(OwnPath path, Response.Status status, String error, String sentence) {
        String id = UUID.randomUUID().toString();
        Response.ResponseBuilder response =
                Response.status(status)
                        .header(CorrelationId.HEADER, id)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return path == OwnPath.PAGE
                ? response.type(MediaType.TEXT_PLAIN_TYPE).entity(sentence).build()
                : response.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(
                                new OAuth2ErrorRepresentation(
                                        error, CorrelationId.appendTo(sentence, id)))
                        .build();
    }
}
