// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.details.AuthorizationDetails;
import io.github.cibapack.details.GrantedDetails;
import io.github.cibapack.details.RegisteredDetails;
import io.github.cibapack.request.RequestContext;
import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.text.UnfitException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * The parameters that Keycloak's parser does not keep whole: the request context, the authorization
 * details (RFC 9396 §2, §3) and the resources (RFC 8707 §2). Of the parameters that it does not
 * know, it keeps five of 200 characters at most, and passes over the others without a word; of a
 * signed request {@code iss}, {@code aud}, {@code exp} and so on count as such. So they are read
 * here: from the form, or from the claims of the signed request that Keycloak has verified. An
 * empty value counts as not sent (RFC 6749 §3.1).
 */
final class UnparsedParameters {
    private final KeycloakSession session;
    private final MultivaluedMap<String, String> form;
    private final boolean isSigned;

    UnparsedParameters(KeycloakSession session, MultivaluedMap<String, String> form) {
        this.session = session;
        this.form = form;
        this.isSigned = SignedRequest.isSigned(form);
    }

    /**
     * The request context, as JSON.
     *
     * @throws CibaErrorException if it would be shown in part, or not at all (CIBA Core §7.1 leaves
     *     it to us)
     */
    Optional<String> context() {
        Optional<String> context =
                isSigned
                        ? SignedRequest.text(session, RequestContext.PARAMETER)
                        : Optional.ofNullable(form.getFirst(RequestContext.PARAMETER))
                                .flatMap(SentParameters::sent);
        if (context.filter(json -> RequestContext.parse(json).isEmpty()).isPresent()) {
            throw CibaErrorException.invalid(RequestContext.RULE, "invalid_request_context");
        }
        return context;
    }

    /**
     * The authorization details.
     *
     * @throws CibaErrorException if they cannot be shown, or the client may not ask for them
     */
    Optional<AuthorizationDetails> details(ClientModel client) {
        Optional<String> sent = isSigned ? signedDetails() : plainDetails();
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (!GrantedDetails.areSupported()) {
            throw refusedDetails(
                    "This server cannot grant authorization_details.",
                    "authorization_details_not_supported");
        }
        try {
            AuthorizationDetails details = AuthorizationDetails.of(sent.get());
            RegisteredDetails.require(details, client);
            return Optional.of(details);
        } catch (UnfitException e) {
            throw refusedDetails(e.sentence(), e.reason());
        }
    }

    private Optional<String> plainDetails() {
        List<String> values = plain(AuthorizationDetails.PARAMETER);
        if (values.size() > 1) {
            throw refusedDetails(
                    "The authorization_details were sent more than once.", "duplicated_parameter");
        }
        return values.stream().findFirst();
    }

    private Optional<String> signedDetails() {
        // a parser that takes the last of two members has read the claims
        if (SignedRequest.claim(session, AuthorizationDetails.PARAMETER).isPresent()) {
            SignedRequest.requireReadable(form);
        }
        return SignedRequest.text(session, AuthorizationDetails.PARAMETER);
    }

    /**
     * The resources. Whether tokens of the client may be for them depends on the user, and is
     * looked at later.
     *
     * @throws CibaErrorException if one is none, or one of too many
     */
    Optional<ResourceIndicators> resources() {
        List<String> sent = isSigned ? signedResources() : plain(ResourceIndicators.PARAMETER);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (!ResourceIndicators.areSupported()) {
            throw refusedResource("This server cannot grant a resource.", "resource_not_supported");
        }
        try {
            return Optional.of(ResourceIndicators.of(sent));
        } catch (UnfitException e) {
            throw refusedResource(e.sentence(), e.reason());
        }
    }

    /** A text in the claims, or an array of texts. */
    private List<String> signedResources() {
        JsonNode sent = SignedRequest.claim(session, ResourceIndicators.PARAMETER).orElse(null);
        if (sent == null || (sent.isTextual() && sent.textValue().isEmpty())) {
            return List.of();
        }
        // a parser that takes the last of two members has read the claims
        SignedRequest.requireReadable(form);
        List<String> values = new ArrayList<>();
        for (JsonNode value : sent.isArray() ? sent : List.of(sent)) {
            if (!value.isTextual()) {
                throw noText();
            }
            values.add(value.textValue());
        }
        if (values.isEmpty()) {
            throw noText();
        }
        return values;
    }

    private List<String> plain(String parameter) {
        return form.getOrDefault(parameter, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static CibaErrorException noText() {
        return refusedResource(
                "The claim resource must be a text or an array of texts.", "invalid_resource");
    }

    private static CibaErrorException refusedDetails(String sentence, String reason) {
        return new CibaErrorException(CibaError.INVALID_AUTHORIZATION_DETAILS, sentence, reason);
    }

    private static CibaErrorException refusedResource(String sentence, String reason) {
        return new CibaErrorException(CibaError.INVALID_TARGET, sentence, reason);
    }
}
