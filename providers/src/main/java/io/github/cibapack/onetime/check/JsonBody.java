// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.rule.BodyName;
import io.github.cibapack.text.UnfitException;
import jakarta.ws.rs.core.HttpHeaders;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body of a request, which the caller or the gateway sends along in a header. It is the body
 * that the request's digest is of, or it is refused: nothing is shown that is not bound. It is also
 * refused if servers could read it in different ways: a member that is there twice, in whatever
 * spelling, is for one server the first and for another the second.
 */
final class JsonBody {
    /** In bytes: with its header, a token and a path it fits into what servers take of headers. */
    static final int LONGEST = 4_096;

    /** RFC 6839 §3.1, RFC 8259 §8.1. */
    private static final Pattern JSON =
            Pattern.compile(
                    "(?i)application/([a-z0-9.-]{1,64}\\+)?json( ?; ?charset=\"?utf-8\"?)?");

    /** A JavaScript server that copies an object finds the members of this one in it. */
    private static final String PROTOTYPE = "__proto__";

    private static final int DEEPEST = 32;
    private static final int MOST_DIGITS = 40;

    /** Of base64, with the colons of RFC 9651 §3.3.5. */
    private static final int LONGEST_HEADER = 4 * ((LONGEST + 2) / 3) + 2;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final JsonNode root;

    private JsonBody(JsonNode root) {
        this.root = root;
    }

    /**
     * The body that came with a request.
     *
     * @throws UnfitException if there is none, it is not the one of the digest, or it can be read
     *     in two ways
     */
    static JsonBody of(OriginalRequest original) throws UnfitException {
        requireJson(original);
        byte[] bytes = bytes(original);
        if (!original.isDigestOf(bytes)) {
            throw unfit("digest", "is not the body that the Content-Digest is of");
        }
        JsonNode root = parsed(bytes);
        if (!root.isObject()) {
            throw unfit("form", "is not a JSON object");
        }
        requireOneReading(root);
        return new JsonBody(root);
    }

    JsonNode root() {
        return root;
    }

    /** A field of the body; empty if it has none there. */
    Optional<JsonNode> at(JsonPointer pointer) {
        return Optional.of(root.at(pointer)).filter(found -> !found.isMissingNode());
    }

    /**
     * A value in a sentence.
     *
     * @throws UnfitException if it is a number of more digits than anybody reads
     */
    static String text(JsonNode value) throws UnfitException {
        if (!value.isNumber()) {
            return value.asText();
        }
        BigDecimal number = value.decimalValue();
        if (Math.abs(number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            throw unfit("number", "has a number of too many digits");
        }
        return number.toPlainString();
    }

    /** JSON that holds fields of the body as they were sent. */
    String written(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Under another type, charset or coding the API reads the same bytes in another way. */
    private static void requireJson(OriginalRequest original) throws UnfitException {
        boolean isJson =
                original.header(HttpHeaders.CONTENT_TYPE)
                        .filter(type -> JSON.matcher(type).matches())
                        .isPresent();
        if (!isJson || original.header(HttpHeaders.CONTENT_ENCODING).isPresent()) {
            throw unfit("type", "needs the Content-Type of JSON, in UTF-8 and without a coding");
        }
    }

    /** As Content-Digest writes bytes, in the one way in which that can be. */
    private static byte[] bytes(OriginalRequest original) throws UnfitException {
        String sent =
                original.header(Headers.BODY).orElseThrow(() -> unfit("missing", "is missing"));
        if (sent.length() > LONGEST_HEADER) {
            throw unfit("too_long", "is longer than " + LONGEST + " bytes");
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(sent.substring(1, Math.max(1, sent.length() - 1)));
            if (sent.equals(":" + Base64.getEncoder().encodeToString(bytes) + ":")
                    && bytes.length <= LONGEST) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw unfit("form", "is not the body in base64 between colons");
        }
        throw unfit("form", "is not the body in base64 between colons");
    }

    /** Read as UTF-8 and nothing else: Jackson would take UTF-16 as well (RFC 8259 §8.1). */
    private static JsonNode parsed(byte[] bytes) throws UnfitException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            JsonNode root = MAPPER.readTree(text);
            if (root != null && !root.isMissingNode()) {
                return root;
            }
        } catch (CharacterCodingException | JsonProcessingException | NumberFormatException e) {
            // the last for an exponent that no BigDecimal has
            throw unfit("unreadable", "is not JSON in UTF-8 in which no member is there twice");
        }
        throw unfit("unreadable", "is empty");
    }

    /** No deeper than the parser goes. */
    private static void requireOneReading(JsonNode node) throws UnfitException {
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            if (!BodyName.isPlain(name)
                    || name.equals(PROTOTYPE)
                    || !seen.add(BodyName.readAs(name))) {
                throw unfit("ambiguous", "has a name that may be read as another one");
            }
        }
        for (JsonNode child : node) {
            requireOneReading(child);
        }
    }

    private static UnfitException unfit(String reason, String words) {
        return new UnfitException(
                "The body in the header %s %s.".formatted(Headers.BODY, words),
                "question_body_" + reason);
    }
}
