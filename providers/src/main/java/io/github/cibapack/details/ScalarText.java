// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Single values as people read them.
 *
 * @param yes the word for true
 * @param no the word for false
 */
record ScalarText(String yes, String no) {

    /** A value, or the values of a list of nothing else; empty for any other. */
    Optional<List<String>> linesOf(JsonNode value) {
        if (!value.isContainerNode()) {
            return Optional.of(List.of(of(value)));
        }
        List<String> lines = new ArrayList<>();
        for (JsonNode item : value) {
            if (item.isContainerNode()) {
                return Optional.empty();
            }
            lines.add(of(item));
        }
        return value.isArray() ? Optional.of(lines) : Optional.empty();
    }

    private String of(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? yes : no;
        }
        return value.isNumber() ? CanonicalJson.number(value.decimalValue()) : value.textValue();
    }
}
