// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

/** The reason why a text cannot be shown to a person as it is. */
public enum Flaw {
    EMPTY("empty", "is empty"),
    TOO_LONG("too_long", "is too long"),
    BLANK(
            "blank",
            "has a blank at its begin or end, two in a row, or another one than the plain space"),
    UNSEEN("unseen", "has an invisible, bidirectional, control or private-use character"),
    MARK("mark", "has a combining mark without a letter, too many on one, or one that covers it"),
    FORM("form", "is not in Unicode's normalization form C, or cannot be brought into it");

    private final String reason;
    private final String words;

    Flaw(String reason, String words) {
        this.reason = reason;
        this.words = words;
    }

    /** For events. */
    public String reason() {
        return reason;
    }

    /** What follows the text's name in a sentence: "has …". */
    public String words() {
        return words;
    }
}
