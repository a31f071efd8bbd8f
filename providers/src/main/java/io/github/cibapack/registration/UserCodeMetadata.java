// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.policy.UserCodeParameter;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.ErrorCodes;
import org.keycloak.util.JsonSerialization;

/**
 * The client metadata of a registration request, in two parts.
 *
 * @param userCode {@code backchannel_user_code_parameter}, which Keycloak does not know
 * @param rest everything else, for Keycloak
 */
record UserCodeMetadata(Optional<Boolean> userCode, OIDCClientRepresentation rest) {

    /**
     * Splits a request body.
     *
     * @throws JsonProcessingException if the rest has a field that Keycloak does not know;
     *     Keycloak's error handler answers 400, as it does without the pack
     * @throws ErrorResponseException if the body is not an object or the field is not a boolean
     */
    static UserCodeMetadata of(JsonNode body) throws JsonProcessingException {
        if (!(body instanceof ObjectNode)) {
            throw invalid("Client metadata must be a JSON object");
        }
        ObjectNode rest = body.deepCopy();
        JsonNode field = rest.remove(UserCodeParameter.METADATA);
        return new UserCodeMetadata(
                parsed(field),
                JsonSerialization.mapper.treeToValue(rest, OIDCClientRepresentation.class));
    }

    private static Optional<Boolean> parsed(JsonNode field) {
        if (field == null || field.isNull()) {
            return Optional.empty();
        }
        if (!field.isBoolean()) {
            throw invalid(UserCodeParameter.METADATA + " must be a boolean");
        }
        return Optional.of(field.booleanValue());
    }

    private static ErrorResponseException invalid(String sentence) {
        return new ErrorResponseException(
                ErrorCodes.INVALID_CLIENT_METADATA, sentence, Response.Status.BAD_REQUEST);
    }
}
