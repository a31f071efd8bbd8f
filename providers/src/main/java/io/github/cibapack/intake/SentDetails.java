// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.details.GrantedDetails;
import io.github.cibapack.details.RegisteredSchemas;
import io.github.cibapack.details.RegisteredTypes;
import io.github.cibapack.details.UnfitDetailsException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/** The authorization details of a request, plain or signed (RFC 9396 §2, §3). */
final class SentDetails {
    private SentDetails() {}

    /**
     * The details that the client asks for.
     *
     * @return empty if none were sent with a value (RFC 6749 §3.1)
     * @throws CibaErrorException if they cannot be shown, or the client may not ask for them
     */
    static Optional<AuthorizationDetails> of(
            KeycloakSession session, ClientModel client, MultivaluedMap<String, String> form) {
        Optional<String> sent = SignedRequest.isSigned(form) ? signed(session, form) : plain(form);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (!GrantedDetails.areSupported()) {
            throw refused(
                    "This server cannot grant authorization_details.",
                    "authorization_details_not_supported");
        }
        try {
            AuthorizationDetails details = AuthorizationDetails.of(sent.get());
            RegisteredTypes.require(details, client);
            RegisteredSchemas.require(details, client);
            return Optional.of(details);
        } catch (UnfitDetailsException e) {
            throw refused(e.sentence(), e.reason());
        }
    }

    private static Optional<String> plain(MultivaluedMap<String, String> form) {
        List<String> values =
                form.getOrDefault(AuthorizationDetails.PARAMETER, List.of()).stream()
                        .filter(value -> !value.isEmpty())
                        .toList();
        if (values.size() > 1) {
            throw refused(
                    "The authorization_details were sent more than once.", "duplicated_parameter");
        }
        return values.stream().findFirst();
    }

    /** A JSON value in the claims, or the text of one. */
    private static Optional<String> signed(
            KeycloakSession session, MultivaluedMap<String, String> form) {
        Optional<JsonNode> claim =
                Optional.ofNullable(
                                session.getAttribute(
                                        BackchannelAuthenticationEndpointRequestParser
                                                .CIBA_SIGNED_AUTHENTICATION_REQUEST,
                                        JsonNode.class))
                        .map(claims -> claims.get(AuthorizationDetails.PARAMETER))
                        .filter(sent -> !sent.isNull());
        // a parser that takes the last of two members has read the claims
        if (claim.isPresent()) {
            SignedRequest.requireReadable(form);
        }
        return claim.map(sent -> sent.isTextual() ? sent.textValue() : sent.toString())
                .flatMap(SentParameters::sent);
    }

    private static CibaErrorException refused(String sentence, String reason) {
        return new CibaErrorException(CibaError.INVALID_AUTHORIZATION_DETAILS, sentence, reason);
    }
}
