// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.util.Optional;

/**
 * A number of two digits, as a person types it: with the digits of their keyboard, which may be
 * Arabic-Indic, Devanagari or full-width ones. A digit is what Unicode calls a decimal digit (Nd);
 * white space around and between is passed over.
 */
final class TwoDigits {
    private static final int DIGITS = 2;

    /** More than any keyboard needs for two digits. */
    private static final int LONGEST = 16;

    private static final int DECIMAL = 10;

    private TwoDigits() {}

    /** The number in ASCII digits; empty if the text is anything else. */
    static Optional<String> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        int[] characters = text.codePoints().filter(c -> !isSpace(c)).toArray();
        for (int character : characters) {
            if (Character.getType(character) != Character.DECIMAL_DIGIT_NUMBER) {
                return Optional.empty();
            }
            digits.append(Character.digit(character, DECIMAL));
        }
        return digits.length() == DIGITS ? Optional.of(digits.toString()) : Optional.empty();
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
