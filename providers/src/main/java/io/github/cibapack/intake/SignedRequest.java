// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.jwt.ForeignJwt;
import io.github.cibapack.jwt.NumericDate;
import io.github.cibapack.outbound.OutboundAnswer;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundException;
import io.github.cibapack.store.ReplayCache;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;
import org.keycloak.protocol.oidc.utils.RedirectUtils;

/**
 * The rules of CIBA Core §7.1.1 for a signed request. Keycloak's parser has verified signature and
 * algorithm; what the claims say about the JWT itself it leaves to client policies, and it reads
 * parameters beside the JWT as well.
 */
final class SignedRequest {
    private static final String REQUEST = "request";

    /** Of Keycloak's own endpoint only; the {@code as} endpoint refuses it. */
    private static final String REQUEST_URI = "request_uri";

    /** What a request is made of: inside the JWT or outside, never both. */
    private static final Set<String> PARAMETERS =
            Set.of(
                    "scope",
                    "client_notification_token",
                    "acr_values",
                    "login_hint_token",
                    "id_token_hint",
                    "login_hint",
                    "binding_message",
                    "user_code",
                    "requested_expiry",
                    "request_context",
                    "authorization_details",
                    "resource");

    private static final long LONGEST_WINDOW_SECONDS = 3600;

    /** Clocks differ. */
    private static final long SKEW_SECONDS = 10;

    private SignedRequest() {}

    static boolean isSigned(MultivaluedMap<String, String> form) {
        return form.getFirst(REQUEST) != null || form.getFirst(REQUEST_URI) != null;
    }

    /**
     * Refuses parameters beside the JWT.
     *
     * @throws CibaErrorException if there is one
     */
    static void requireNothingBeside(MultivaluedMap<String, String> form) {
        if (form.keySet().stream().anyMatch(PARAMETERS::contains)) {
            throw CibaErrorException.invalid(
                    "With a signed request, all parameters must be inside of it.",
                    "parameter_beside_signed_request");
        }
    }

    /**
     * Fetches the JWT that a registered {@code request_uri} names, so that Keycloak's parser does
     * not: it would call any address, and hand the JWT to its libraries at once.
     *
     * @throws CibaErrorException if there is none
     */
    static void fetch(
            KeycloakSession session, ClientModel client, MultivaluedMap<String, String> form) {
        String reference = form.getFirst(REQUEST_URI);
        if (reference == null) {
            return;
        }
        if (form.containsKey(REQUEST) || !isRegistered(session, client, reference)) {
            throw CibaErrorException.invalid(
                    "The request_uri is not registered for this client, or stands beside a"
                            + " request.",
                    "request_uri");
        }
        try {
            OutboundAnswer answer = OutboundClient.of(session).get(reference, Map.of());
            if (!answer.isSuccess()) {
                throw notFetched();
            }
            form.remove(REQUEST_URI);
            form.putSingle(REQUEST, answer.text().strip());
            SentParameters.requireLengths(form);
        } catch (OutboundException e) {
            throw notFetched();
        }
    }

    /**
     * Looks at the JWT before any library does: they log its {@code kid}.
     *
     * @throws CibaErrorException if a library or a log must not see it
     */
    static void requireReadable(MultivaluedMap<String, String> form) {
        String request = form.getFirst(REQUEST);
        if (request != null && ForeignJwt.faultOf(request).isPresent()) {
            throw invalid();
        }
    }

    /**
     * Verifies the JWT before Keycloak's parser does, which writes what it cannot read to the log,
     * with the caller's words and a stack trace.
     *
     * @throws CibaErrorException if Keycloak would refuse it, or a log must not see it
     */
    static void requireVerified(
            KeycloakSession session, ClientModel client, MultivaluedMap<String, String> form) {
        requireReadable(form);
        String request = form.getFirst(REQUEST);
        if (request == null) {
            return;
        }
        JsonNode claims =
                isOfItsAlgorithm(session, client, request)
                        ? session.tokens().decodeClientJWT(request, client, JsonNode.class)
                        : null;
        if (claims == null) {
            throw invalid();
        }
        for (String name : SentParameters.NUMBERS) {
            if (claims.has(name)) {
                SentParameters.requireNumber(name, claims.get(name).asText());
            }
        }
    }

    private static CibaErrorException notFetched() {
        return CibaErrorException.invalid(
                "The request_uri could not be fetched.", "request_uri_not_fetched");
    }

    /** As Keycloak's parser judges it, which writes the path of some to the log, decoded. */
    private static boolean isRegistered(
            KeycloakSession session, ClientModel client, String reference) {
        Set<String> registered =
                Set.copyOf(OIDCAdvancedConfigWrapper.fromClientModel(client).getRequestUris());
        try {
            return LogLine.isFit(URLDecoder.decode(reference, StandardCharsets.UTF_8))
                    && RedirectUtils.verifyRedirectUri(
                                    session, client.getRootUrl(), reference, registered, false)
                            != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOfItsAlgorithm(
            KeycloakSession session, ClientModel client, String request) {
        var registered =
                session.getContext()
                        .getRealm()
                        .getCibaPolicy()
                        .getBackchannelAuthRequestSigningAlg(client);
        try {
            return registered != null
                    && registered
                            .name()
                            .equals(new JWSInput(request).getHeader().getRawAlgorithm());
        } catch (JWSInputException e) {
            return false;
        }
    }

    /** A claim of the JWT that Keycloak has verified; empty if it is missing or null. */
    static Optional<JsonNode> claim(KeycloakSession session, String name) {
        return verified(session).map(claims -> claims.get(name)).filter(sent -> !sent.isNull());
    }

    /** The same as a text: a JSON value, or the text of one. */
    static Optional<String> text(KeycloakSession session, String name) {
        return claim(session, name)
                .map(sent -> sent.isTextual() ? sent.textValue() : sent.toString())
                .flatMap(SentParameters::sent);
    }

    private static Optional<JsonNode> verified(KeycloakSession session) {
        return Optional.ofNullable(
                session.getAttribute(
                        BackchannelAuthenticationEndpointRequestParser
                                .CIBA_SIGNED_AUTHENTICATION_REQUEST,
                        JsonNode.class));
    }

    /**
     * Judges the claims of the JWT that Keycloak has just verified, and uses its id.
     *
     * @param audiences what the JWT may name as its audience
     * @throws CibaErrorException if a claim is missing or wrong, or the id has been used
     */
    static void require(KeycloakSession session, ClientModel client, Set<String> audiences) {
        JsonNode claims =
                verified(session)
                        .orElseThrow(
                                () ->
                                        CibaErrorException.invalid(
                                                "The signed request is not valid.",
                                                "signed_request_not_verified"));
        if (audiencesOf(claims).stream().noneMatch(audiences::contains)) {
            throw wrong("aud");
        }
        if (!client.getClientId().equals(text(claims, "iss"))) {
            throw wrong("iss");
        }
        long end = requireTime(claims);
        String jti = text(claims, "jti");
        long lifespan = end - ServerClock.seconds() + SKEW_SECONDS;
        ReplayCache.Use use =
                new ReplayCache(session)
                        .first(ReplayCache.Kind.SIGNED_REQUEST, client.getId(), jti, lifespan);
        if (use == ReplayCache.Use.REPEATED) {
            throw CibaErrorException.invalid(
                    "The signed request has been used before.", "signed_request_replayed");
        }
        if (use == ReplayCache.Use.TOO_MANY) {
            throw CibaErrorException.invalid(
                    "Too many signed requests with a long life are in use: shorten it.",
                    "too_many_signed_requests");
        }
    }

    private static List<String> audiencesOf(JsonNode claims) {
        JsonNode aud = claims.path("aud");
        Stream<JsonNode> values =
                aud.isArray() ? StreamSupport.stream(aud.spliterator(), false) : Stream.of(aud);
        return values.filter(JsonNode::isTextual).map(JsonNode::asText).toList();
    }

    /** The end of its time, in seconds since the epoch. */
    private static long requireTime(JsonNode claims) {
        long now = ServerClock.seconds();
        long exp = seconds(claims, "exp");
        long nbf = seconds(claims, "nbf");
        long iat = seconds(claims, "iat");
        if (exp <= now || exp - nbf > LONGEST_WINDOW_SECONDS) {
            throw wrong("exp");
        }
        if (nbf > now + SKEW_SECONDS) {
            throw wrong("nbf");
        }
        if (iat > now + SKEW_SECONDS) {
            throw wrong("iat");
        }
        return exp;
    }

    private static long seconds(JsonNode claims, String name) {
        return NumericDate.seconds(claims.path(name)).orElseThrow(() -> wrong(name));
    }

    private static String text(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong(name);
        }
        return value.asText();
    }

    private static CibaErrorException invalid() {
        return CibaErrorException.invalid(
                "The request object is not valid.", "invalid_request_object");
    }

    private static CibaErrorException wrong(String claim) {
        return CibaErrorException.invalid(
                "The claim " + claim + " of the signed request is missing or not acceptable.",
                "signed_request_" + claim);
    }
}
