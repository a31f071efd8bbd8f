// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/**
 * Parameters that ask for rights beside the scopes. Nobody shows them to the user yet, so a request
 * with one is refused: what is asked for is neither dropped without a word nor granted unseen.
 */
final class UnsupportedParameters {

    private static final Map<String, CibaError> REFUSALS =
            Map.of(
                    // RFC 8707 §2
                    OAuth2Constants.RESOURCE, CibaError.INVALID_TARGET);

    private UnsupportedParameters() {}

    /**
     * Looks through the form.
     *
     * @throws CibaErrorException if one was sent with a value (RFC 6749 §3.1)
     */
    static void requireNone(MultivaluedMap<String, String> form) {
        REFUSALS.forEach(
                (name, refusal) -> {
                    List<String> values = form.getOrDefault(name, List.of());
                    if (values.stream().anyMatch(value -> value != null && !value.isEmpty())) {
                        throw refused(name, refusal);
                    }
                });
    }

    /**
     * Looks through the claims of the signed request that Keycloak has just verified, if there is
     * one.
     *
     * @throws CibaErrorException if one is there with a value
     */
    static void requireNoneSigned(KeycloakSession session) {
        Optional.ofNullable(
                        session.getAttribute(
                                BackchannelAuthenticationEndpointRequestParser
                                        .CIBA_SIGNED_AUTHENTICATION_REQUEST,
                                JsonNode.class))
                .ifPresent(UnsupportedParameters::requireNone);
    }

    private static void requireNone(JsonNode claims) {
        REFUSALS.forEach(
                (name, refusal) -> {
                    JsonNode value = claims.path(name);
                    boolean isSent = !value.isMissingNode() && !value.isNull();
                    if (isSent && !(value.isTextual() && value.textValue().isEmpty())) {
                        throw refused(name, refusal);
                    }
                });
    }

    private static CibaErrorException refused(String name, CibaError refusal) {
        return new CibaErrorException(
                refusal, "The parameter " + name + " is not supported.", name + "_not_supported");
    }
}
