// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.text.UnfitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.jose.jws.crypto.HashUtils;

/**
 * The authorization details of one request (RFC 9396 §2), all of which can be shown: what breaks
 * the {@link DetailsRules} never becomes one.
 */
public final class AuthorizationDetails {
    /** Of the request, and the claim and member of the same name. */
    public static final String PARAMETER = OAuth2Constants.AUTHORIZATION_DETAILS;

    static final String TYPE = "type";

    /** Exact numbers, so that what is shown is what was sent; the order of members is kept. */
    static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final JsonNode entries;

    private AuthorizationDetails(JsonNode entries) {
        this.entries = entries;
    }

    /**
     * Reads what a relying party has sent.
     *
     * @throws UnfitException if it is no JSON, says a member twice, is too large, or holds what no
     *     person can be shown
     */
    public static AuthorizationDetails of(String json) throws UnfitException {
        DetailsRules.requireLength(json);
        JsonNode read;
        try {
            read = MAPPER.readTree(json);
        } catch (JsonProcessingException | NumberFormatException e) {
            // the latter for an exponent that no BigDecimal has
            throw new UnfitException(
                    "The authorization_details must be a JSON array in which no object has a"
                            + " member twice.",
                    "authorization_details_unreadable");
        }
        DetailsRules.require(read);
        return new AuthorizationDetails(read);
    }

    /** Reads again what has been accepted, as {@link #json} wrote it. */
    public static AuthorizationDetails accepted(String json) {
        try {
            return new AuthorizationDetails(MAPPER.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The types, each once, in the order of the request. */
    public List<String> types() {
        return stream().map(entry -> entry.get(TYPE).textValue()).distinct().toList();
    }

    /** The value without blanks between its parts. */
    public String json() {
        try {
            return MAPPER.writeValueAsString(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hash of the value in its canonical form (RFC 8785): SHA-256, in base64url. Whoever holds the
     * details, in a token for example, computes the same, in whichever order the members stand.
     */
    public String hash() {
        return HashUtils.sha256UrlEncodedHash(CanonicalJson.of(entries), StandardCharsets.UTF_8);
    }

    /** Tells an event the types and the hash, and nothing of the content. */
    public void describe(EventBuilder event) {
        event.detail(
                        CibaEvents.AUTHORIZATION_DETAILS_TYPES,
                        CibaEvents.fromOutside(String.join(" ", types())))
                .detail(CibaEvents.AUTHORIZATION_DETAILS_HASH, hash());
    }

    List<JsonNode> entries() {
        return stream().toList();
    }

    /** The value as tokens hold it. */
    public List<Map<String, Object>> claim() {
        return MAPPER.convertValue(entries, new TypeReference<>() {});
    }

    private Stream<JsonNode> stream() {
        return StreamSupport.stream(entries.spliterator(), false);
    }
}
