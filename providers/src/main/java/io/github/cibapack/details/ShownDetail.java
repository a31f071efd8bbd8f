// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import java.util.List;
import java.util.Map;

/**
 * One entry of the authorization details as a person sees it.
 *
 * @param heading what it is about: the realm's text for its type, or the type itself
 * @param fields in the order of the type's template
 * @param more all else, as it was sent
 */
public record ShownDetail(String heading, List<Field> fields, List<Field> more) {

    /**
     * One field.
     *
     * @param label its name
     * @param lines its value; a list has several
     */
    public record Field(String label, List<String> lines) {
        Map<String, Object> model() {
            return Map.of("label", label, "lines", lines);
        }
    }

    /** In a line, where the whole is one click away. */
    public String summary() {
        List<Field> first = fields.isEmpty() ? more : fields;
        return first.isEmpty() ? heading : heading + ": " + String.join(", ", first.get(0).lines());
    }

    /** As templates read it. */
    public Map<String, Object> model() {
        return Map.of(
                "heading", heading,
                "fields", fields.stream().map(Field::model).toList(),
                "more", more.stream().map(Field::model).toList());
    }
}
