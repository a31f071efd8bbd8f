// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Optional;

/**
 * A text that cannot be refused, because it is already stored: a name, a description. It makes
 * visible what {@link ShownText} would refuse: an invisible character becomes <code>⟨U+200B⟩</code>
 * , and a cut text ends in an ellipsis.
 */
public final class VisibleText {
    private static final int OPENING = '⟨';
    private static final String ELLIPSIS = "…";

    private VisibleText() {}

    /**
     * The text with invisible characters made visible.
     *
     * @param most the maximum number of code points that are shown
     * @return empty if there is nothing to see
     */
    public static Optional<String> of(String raw, int most) {
        boolean cut = Glyphs.isBeyond(raw, most);
        Glyphs glyphs = Glyphs.of(cut ? raw.substring(0, raw.offsetByCodePoints(0, most)) : raw);
        StringBuilder text = new StringBuilder();
        boolean visible = false;
        boolean flawed = false;
        int length = 0;
        for (int i = 0; i < glyphs.count(); i++) {
            flawed =
                    glyphs.flaw(i).isPresent()
                            || glyphs.at(i) == OPENING
                            || (flawed && glyphs.leansOnPrevious(i));
            String escape = flawed ? escaped(glyphs.at(i)) : "";
            int size = flawed ? escape.length() : 1;
            visible |= (!flawed && glyphs.at(i) != ' ') || glyphs.at(i) == OPENING;
            if (length + size > most) {
                cut = true;
                break;
            }
            if (flawed) {
                text.append(escape);
            } else {
                text.appendCodePoint(glyphs.at(i));
            }
            length += size;
        }
        if (!visible) {
            return Optional.empty();
        }
        return Optional.of(cut ? shortened(text, length, most) : text.toString());
    }

    private static String shortened(StringBuilder text, int length, int most) {
        return length < most
                ? text + ELLIPSIS
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + ELLIPSIS;
    }

    private static String escaped(int point) {
        return String.format("⟨U+%04X⟩", point);
    }
}
