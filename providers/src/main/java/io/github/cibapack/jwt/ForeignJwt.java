// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.jwt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.cibapack.text.LogLine;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.util.JsonSerialization;

/**
 * Checks a JWT from outside before its signature is verified. Keycloak and the libraries log names
 * such as an unknown {@code kid} or a reused {@code jti}, and each reads numbers in its own way.
 */
public final class ForeignJwt {
    private static final int JWS_PARTS = 3;
    private static final int JWE_PARTS = 5;

    /** Claims that a log line or an event repeats. */
    private static final List<String> NAMES =
            List.of("iss", "sub", "aud", "azp", "jti", "client_id", "sid", "nonce", "acr");

    /** RFC 7515 §4.1.11: who does not know the extensions must refuse, and Keycloak does not. */
    private static final String CRITICAL = "crit";

    /** Header parameters with keys and certificates, which are long. */
    private static final Set<String> KEYS = Set.of("jwk", "x5c");

    private static final List<String> DATES = List.of("exp", "iat", "nbf", "auth_time");

    private static final ObjectReader STRICT =
            JsonSerialization.mapper
                    .readerFor(JsonNode.class)
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public enum Fault {
        /**
         * It is no compact form of three or five parts, the header or the claims are not a JSON
         * object, or have a duplicate name (RFC 7519 §4), or the header names extensions that must
         * be known.
         */
        UNREADABLE,
        /** A value has control characters or is too long. */
        NAME,
        /** A date is not a valid date. */
        DATE
    }

    private ForeignJwt() {}

    /**
     * The first fault of a JWT.
     *
     * @param serialized the compact form; only the header of an encrypted JWT is checked
     * @return empty if there is none
     */
    public static Optional<Fault> faultOf(String serialized) {
        return faultOf(serialized, Set.of());
    }

    /**
     * As above, for a caller that never writes some of the claims to a log or event.
     *
     * @param free claims that are not checked
     */
    public static Optional<Fault> faultOf(String serialized, Set<String> free) {
        String[] parts = serialized.split("\\.", -1);
        if (!isCompact(parts)) {
            return Optional.of(Fault.UNREADABLE);
        }
        try {
            JsonNode header = json(parts[0]);
            if (!header.isObject() || header.has(CRITICAL)) {
                return Optional.of(Fault.UNREADABLE);
            }
            for (Map.Entry<String, JsonNode> parameter : header.properties()) {
                Predicate<String> fit =
                        KEYS.contains(parameter.getKey()) ? LogLine::isPlain : LogLine::isFit;
                if (!isFitName(parameter.getValue(), fit)) {
                    return Optional.of(Fault.NAME);
                }
            }
            return parts.length == JWS_PARTS ? faultOf(json(parts[1]), free) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(Fault.UNREADABLE);
        }
    }

    /** Keycloak reads more: two parts, and any number of empty ones behind. */
    private static boolean isCompact(String[] parts) {
        return parts.length == JWS_PARTS
                || (parts.length == JWE_PARTS && !parts[JWE_PARTS - 1].isEmpty());
    }

    private static Optional<Fault> faultOf(JsonNode claims, Set<String> free) {
        if (!claims.isObject()) {
            return Optional.of(Fault.UNREADABLE);
        }
        if (!NAMES.stream()
                .filter(name -> !free.contains(name))
                .map(claims::path)
                .allMatch(name -> isFitName(name, LogLine::isFit))) {
            return Optional.of(Fault.NAME);
        }
        boolean dates =
                DATES.stream()
                        .map(claims::path)
                        .filter(date -> !date.isMissingNode() && !date.isNull())
                        .allMatch(date -> NumericDate.seconds(date).isPresent());
        return dates ? Optional.empty() : Optional.of(Fault.DATE);
    }

    /** A text or a list of texts; the reader of the claim judges anything else. */
    private static boolean isFitName(JsonNode value, Predicate<String> fit) {
        if (value.isTextual()) {
            return fit.test(value.textValue());
        }
        for (JsonNode element : value) {
            if (element.isTextual() && !fit.test(element.textValue())) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode json(String part) throws IOException {
        JsonNode read = STRICT.readValue(Base64.getUrlDecoder().decode(part));
        return read == null ? JsonSerialization.mapper.missingNode() : read;
    }
}
