// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * Which JSON bodies need an approval: those with a text at a place. In doubt they do: what some
 * server could read as that text at that place is it.
 *
 * @param pointer the place (RFC 6901)
 * @param value the text
 */
public record BodyCondition(JsonPointer pointer, String value) {
    private static final String IS = "=";

    static BodyCondition of(String setting) {
        int is = setting.indexOf(IS);
        return new BodyCondition(
                JsonPointer.compile(setting.substring(0, is)), setting.substring(is + 1));
    }

    /** Whether a body may have the text there. */
    public boolean mayHold(JsonNode body) {
        JsonNode node = body;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            if (!node.isObject() || hasPathOf(node, rest.getMatchingProperty())) {
                return true;
            }
            JsonNode next = node.get(rest.getMatchingProperty());
            if (next == null) {
                return names(node).anyMatch(BodyName.readAs(rest.getMatchingProperty())::equals);
            }
            node = next;
        }
        return !node.isTextual()
                || !BodyName.isPlain(node.textValue())
                || BodyName.readAs(node.textValue()).equals(BodyName.readAs(value));
    }

    /** Some servers read {@code a.b} or {@code a[b]} as the member b of a. */
    private static boolean hasPathOf(JsonNode object, String name) {
        String read = BodyName.readAs(name);
        return names(object)
                .anyMatch(other -> other.startsWith(read + ".") || other.startsWith(read + "["));
    }

    private static Stream<String> names(JsonNode object) {
        return object.properties().stream().map(member -> BodyName.readAs(member.getKey()));
    }
}
