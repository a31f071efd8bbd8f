// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.policy.InvalidSettingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.services.ErrorResponseException;

/**
 * The body of the answer to a call that is refused.
 *
 * @param error a code for programs
 * @param errorMessage a sentence for the admin, in the member that Keycloak's console shows
 * @param notificationPolicy whose limit is reached, if one is
 * @param counter which limit that is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AdminError(String error, String errorMessage, String notificationPolicy, String counter) {

    /** A refusal; the transaction is rolled back. */
    static ErrorResponseException because(Response.Status status, String error, String sentence) {
        return new ErrorResponseException(
                response(status, new AdminError(error, sentence, null, null)).build());
    }

    /** A stored setting cannot be used. */
    static ErrorResponseException because(InvalidSettingException e) {
        return because(Response.Status.CONFLICT, "invalid_setting", e.getMessage());
    }

    /** The body of the call is not valid. */
    static ErrorResponseException badRequest(String sentence) {
        return because(Response.Status.BAD_REQUEST, "invalid_request", sentence);
    }

    /** A limit is reached. */
    static ErrorResponseException throttled(
            String notificationPolicy, String counter, int retryAfterSeconds) {
        return new ErrorResponseException(
                response(
                                Response.Status.TOO_MANY_REQUESTS,
                                new AdminError(
                                        "limit_reached",
                                        "A limit of the notification policy is reached",
                                        notificationPolicy,
                                        counter))
                        .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                        .build());
    }

    private static Response.ResponseBuilder response(Response.Status status, AdminError body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    }
}
