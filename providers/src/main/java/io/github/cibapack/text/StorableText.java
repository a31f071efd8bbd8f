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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0' || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
