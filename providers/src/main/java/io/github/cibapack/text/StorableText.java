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
        for (int at = 0; at < text.length(); at++) {
            // of a whole pair, this is the character that the two halves make
            int c = text.codePointAt(at);
            if (c == 0 || Character.getType(c) == Character.SURROGATE) {
                return false;
            }
            at += Character.charCount(c) - 1;
        }
        return true;
    }
}
