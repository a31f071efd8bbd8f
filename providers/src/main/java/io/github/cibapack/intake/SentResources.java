// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.resource.UnfitResourceException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/** The resources of a request, plain or signed (RFC 8707 §2). */
final class SentResources {
    private SentResources() {}

    /**
     * The resources that a token is asked for. Whether tokens of the client may be for them depends
     * on the user, and is looked at later.
     *
     * @return empty if none were sent with a value (RFC 6749 §3.1)
     * @throws CibaErrorException if one is none, or one of too many
     */
    static Optional<ResourceIndicators> of(
            KeycloakSession session, MultivaluedMap<String, String> form) {
        List<String> sent = SignedRequest.isSigned(form) ? signed(session, form) : plain(form);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (!ResourceIndicators.areSupported()) {
            throw refused("This server cannot grant a resource.", "resource_not_supported");
        }
        try {
            return Optional.of(ResourceIndicators.of(sent));
        } catch (UnfitResourceException e) {
            throw refused(e.sentence(), e.reason());
        }
    }

    private static List<String> plain(MultivaluedMap<String, String> form) {
        return form.getOrDefault(ResourceIndicators.PARAMETER, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** A text in the claims, or an array of texts. */
    private static List<String> signed(
            KeycloakSession session, MultivaluedMap<String, String> form) {
        JsonNode claims =
                session.getAttribute(
                        BackchannelAuthenticationEndpointRequestParser
                                .CIBA_SIGNED_AUTHENTICATION_REQUEST,
                        JsonNode.class);
        JsonNode sent = claims == null ? null : claims.get(ResourceIndicators.PARAMETER);
        if (sent == null || sent.isNull() || (sent.isTextual() && sent.textValue().isEmpty())) {
            return List.of();
        }
        // a parser that takes the last of two members has read the claims
        SignedRequest.requireReadable(form);
        List<String> values = new ArrayList<>();
        for (JsonNode value : sent.isArray() ? sent : List.of(sent)) {
            if (!value.isTextual()) {
                throw notText();
            }
            values.add(value.textValue());
        }
        if (values.isEmpty()) {
            throw notText();
        }
        return values;
    }

    private static CibaErrorException notText() {
        return refused(
                "The claim resource must be a text or an array of texts.", "invalid_resource");
    }

    private static CibaErrorException refused(String sentence, String reason) {
        return new CibaErrorException(CibaError.INVALID_TARGET, sentence, reason);
    }
}
