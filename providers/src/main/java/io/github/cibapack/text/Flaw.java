// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Locale;

/** The reason why a text cannot be shown to a person as it is. */
public enum Flaw {
    EMPTY("is empty"),
    TOO_LONG("is too long"),
    BLANK("has a blank at its begin or end, two in a row, or another one than the plain space"),
    UNSEEN("has an invisible, bidirectional, control or private-use character"),
    MARK("has a combining mark without a letter, too many on one, or one that covers it"),
    FORM("is not in Unicode's normalization form C, or cannot be brought into it");

    private final String words;

    Flaw(String words) {
        this.words = words;
    }

    /** For events. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What follows the text's name in a sentence: "has …". */
    public String words() {
        return words;
    }
}
