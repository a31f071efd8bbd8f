// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/** Answers in place of a resource of the pack on a server that is not fit for it. */
public final class OutOfService {

    /** Why nothing is served. */
    public enum Reason {
        /** The server lacks classes or members that the pack links to. */
        MISSING_LINKS(
                "Approvals are out of service on this server: the pack does not fit its version of"
                        + " Keycloak. The server's log says what to do."),
        /** For as long as the server runs. */
        UNSAFE_STORE(
                "Approvals are out of service on this server: its store cannot tell who was first."
                        + " The server's log says what to do."),
        /** At the moment. */
        SILENT_STORE(
                "Approvals are out of service at the moment: the store of this server does not"
                        + " answer.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** What callers and people read; the log says more. */
        public String sentence() {
            return sentence;
        }
    }

    private static final String ANY = "{path: .*}";

    private final Reason reason;

    public OutOfService(Reason reason) {
        this.reason = reason;
    }

    /**
     * Lets what replaces a class of Keycloak go on where the pack fits the server.
     *
     * @throws ErrorResponseException with the same answer if it does not
     */
    public static void requireLinks() {
        if (!ServerLinks.here().areComplete()) {
            throw new ErrorResponseException(
                    OAuthErrorException.SERVER_ERROR,
                    Reason.MISSING_LINKS.sentence(),
                    Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    @GET
    @Path(ANY)
    public Response get() {
        return answer();
    }

    @POST
    @Path(ANY)
    public Response post() {
        return answer();
    }

    @PUT
    @Path(ANY)
    public Response put() {
        return answer();
    }

    @PATCH
    @Path(ANY)
    public Response patch() {
        return answer();
    }

    @DELETE
    @Path(ANY)
    public Response delete() {
        return answer();
    }

    private Response answer() {
        Response.ResponseBuilder answer =
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(
                                new OAuth2ErrorRepresentation(
                                        OAuthErrorException.SERVER_ERROR, reason.sentence));
        return reason == Reason.SILENT_STORE
                ? answer.header(HttpHeaders.RETRY_AFTER, StoreOutage.RETRY_AFTER_SECONDS).build()
                : answer.build();
    }
}
