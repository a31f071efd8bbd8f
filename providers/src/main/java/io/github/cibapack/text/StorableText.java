// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

/**
 * Text that any store takes and gives back as it was. PostgreSQL refuses the character NUL, and no
 * encoding has one half of a surrogate pair alone: databases fail, or store another text.
 */
public final class StorableText {
    private StorableText() {}

    /** Whether a text is one. */
    public static boolean isOne(String text) {
        // of a whole pair, this is the character that the two halves make
        return text.codePoints()
                .noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
