// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.request.RequestContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/**
 * The request context as it was sent, whole. Keycloak's parser keeps five parameters that it does
 * not know, of 200 characters at most, and passes over the others without a word; of a signed
 * request {@code iss}, {@code aud}, {@code exp} and so on count as such.
 */
final class SentContext {
    private SentContext() {}

    /**
     * The context in the form, or in the claims of the signed request that Keycloak has verified.
     */
    static Optional<String> of(KeycloakSession session, MultivaluedMap<String, String> form) {
        return SignedRequest.isSigned(form)
                ? signed(session)
                : Optional.ofNullable(form.getFirst(RequestContext.PARAMETER))
                        .flatMap(SentParameters::sent);
    }

    private static Optional<String> signed(KeycloakSession session) {
        return Optional.ofNullable(
                        session.getAttribute(
                                BackchannelAuthenticationEndpointRequestParser
                                        .CIBA_SIGNED_AUTHENTICATION_REQUEST,
                                JsonNode.class))
                .map(claims -> claims.get(RequestContext.PARAMETER))
                .filter(sent -> !sent.isNull())
                .map(sent -> sent.isTextual() ? sent.textValue() : sent.toString())
                .flatMap(SentParameters::sent);
    }
}
