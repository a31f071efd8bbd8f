// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.text.Flaw;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.text.ShownText;
import io.github.cibapack.text.UnfitException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What authorization details must be like to be taken: small enough to be read by a person, and
 * without a part that could not be shown, or would look like another one.
 */
final class DetailsRules {
    /** Between the names on the way to a value, where a person reads it. */
    static final String STEP = " › ";

    private static final int MOST_ENTRIES = 5;
    private static final int MOST_LEVELS = 5;

    /** Of a name or a value, in code points. */
    private static final int LONGEST = 255;

    /** A name with one of these could stand for a way through several. */
    private static final Set<String> STEPS = Set.of("›", "[", "]");

    /** RFC 9396 §2.2: arrays of texts. */
    private static final List<String> COMMON_LISTS =
            List.of("locations", "actions", "datatypes", "privileges");

    private static final String COMMON_TEXT = "identifier";

    /** What every reader of JSON takes for the same number (RFC 7493 §2.2). */
    private static final BigDecimal LARGEST_INTEGER = BigDecimal.valueOf((1L << 53) - 1);

    private static final BigDecimal SMALLEST_FRACTION = new BigDecimal("0.000001");
    private static final int MOST_DIGITS = 40;

    private DetailsRules() {}

    static void requireLength(String json) throws UnfitException {
        if (!MaxLength.AUTHORIZATION_DETAILS.admits(json)) {
            throw unfit(
                    "must not be longer than %d bytes."
                            .formatted(MaxLength.AUTHORIZATION_DETAILS.bytes()),
                    "too_long");
        }
    }

    static void require(JsonNode details) throws UnfitException {
        if (!details.isArray() || details.isEmpty() || details.size() > MOST_ENTRIES) {
            throw unfit("must be a JSON array of 1 to %d objects.".formatted(MOST_ENTRIES), "form");
        }
        for (JsonNode entry : details) {
            if (!entry.isObject() || !entry.path(AuthorizationDetails.TYPE).isTextual()) {
                throw unfit("must be objects with a text as their type (RFC 9396 §2).", "form");
            }
            requireCommonFields(entry);
            require(entry, 1);
        }
    }

    /** Their form is fixed, and Keycloak's own classes read them so. */
    private static void requireCommonFields(JsonNode entry) throws UnfitException {
        for (String name : COMMON_LISTS) {
            JsonNode list = entry.get(name);
            if (list != null && !(list.isArray() && areTexts(list))) {
                throw unfit("must have an array of texts as " + name + ".", "form");
            }
        }
        JsonNode identifier = entry.get(COMMON_TEXT);
        if (identifier != null && !identifier.isTextual()) {
            throw unfit("must have a text as identifier.", "form");
        }
    }

    private static boolean areTexts(JsonNode list) {
        for (JsonNode item : list) {
            if (!item.isTextual()) {
                return false;
            }
        }
        return true;
    }

    /** The depth of the recursion is bounded by the level. */
    private static void require(JsonNode node, int level) throws UnfitException {
        if (!node.isContainerNode()) {
            requireValue(node);
            return;
        }
        if (level > MOST_LEVELS) {
            throw unfit("must not be nested deeper than %d levels.".formatted(MOST_LEVELS), "deep");
        }
        if (node.isEmpty()) {
            throw unfit("must not have an empty object or array.", "empty");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            requireName(member.getKey());
        }
        for (JsonNode child : node) {
            require(child, level + 1);
        }
    }

    private static void requireName(String name) throws UnfitException {
        Optional<Flaw> flaw = ShownText.exactly(name, LONGEST).flaw();
        if (flaw.isPresent()) {
            throw unfit("have a name that " + flaw.get().words() + ".", flaw.get().reason());
        }
        if (STEPS.stream().anyMatch(name::contains)) {
            throw unfit("have a name with one of › [ ].", "name");
        }
    }

    private static void requireValue(JsonNode value) throws UnfitException {
        if (value.isNull()) {
            throw unfit("must not have the value null.", "empty");
        }
        if (value.isTextual()) {
            Optional<Flaw> flaw = ShownText.exactly(value.textValue(), LONGEST).flaw();
            if (flaw.isPresent()) {
                throw unfit("have a value that " + flaw.get().words() + ".", flaw.get().reason());
            }
        } else if (value.isNumber() && !isSameForAll(value.decimalValue())) {
            throw unfit("have a number that some programs would round.", "number");
        }
    }

    private static boolean isSameForAll(BigDecimal number) {
        if (Math.abs(number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
            return false;
        }
        BigDecimal size = number.abs();
        if (size.stripTrailingZeros().scale() <= 0) {
            return size.compareTo(LARGEST_INTEGER) <= 0;
        }
        return size.compareTo(SMALLEST_FRACTION) >= 0
                && BigDecimal.valueOf(number.doubleValue()).compareTo(number) == 0;
    }

    private static UnfitException unfit(String rule, String reason) {
        return new UnfitException(
                "The authorization_details " + rule, "authorization_details_" + reason);
    }
}
