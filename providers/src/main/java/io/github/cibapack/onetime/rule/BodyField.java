// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A field of a JSON body that the user is shown.
 *
 * @param pointer where it is (RFC 6901)
 * @param optional whether a body may lack it
 */
public record BodyField(JsonPointer pointer, boolean optional) {
    private static final String OPTIONAL = "?";

    /** What authorization details call the kind of an entry. */
    private static final String TYPE = "type";

    /** The fields of a rule's setting: pointers, separated by blanks. */
    static List<BodyField> list(String setting) {
        return Arrays.stream(setting.trim().split(" +")).map(BodyField::of).toList();
    }

    private static BodyField of(String text) {
        boolean optional = text.endsWith(OPTIONAL);
        return new BodyField(
                JsonPointer.compile(optional ? text.substring(0, text.length() - 1) : text),
                optional);
    }

    /** The name under which it is shown: the last of its pointer. */
    public String name() {
        return pointer.last().getMatchingProperty();
    }

    /** What is wrong with the setting; empty if nothing is. */
    static Optional<String> fault(String setting) {
        Set<String> names = new HashSet<>();
        for (BodyField field : list(setting)) {
            if (field.name().isEmpty() || field.name().equals(TYPE) || !names.add(field.name())) {
                return Optional.of(
                        "each field needs a last name of its own, which is not 'type': "
                                + field.pointer());
            }
        }
        return Optional.empty();
    }
}
