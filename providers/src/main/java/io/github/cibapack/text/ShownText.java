// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Optional;

/**
 * The one rule for a text that a person approves or compares: what is approved is what is seen,
 * whole. HTML, a mail in plain text and a subject line change nothing in a text that passes, it
 * covers nothing, and no other one that passes looks the same but for the shapes of its letters.
 */
public final class ShownText {
    private ShownText() {}

    /**
     * Reads a text, in form NFC.
     *
     * @param most how many code points it may have then
     */
    public static Reading of(String raw, int most) {
        if (raw.isEmpty()) {
            return new Reading.Flawed(Flaw.EMPTY);
        }
        if (Glyphs.isBeyond(raw, most)) {
            return new Reading.Flawed(Flaw.TOO_LONG);
        }
        Glyphs glyphs = Glyphs.of(raw);
        if (glyphs.count() > most) {
            return new Reading.Flawed(Flaw.TOO_LONG);
        }
        for (int i = 0; i < glyphs.count(); i++) {
            Optional<Flaw> flaw = glyphs.flaw(i);
            if (flaw.isPresent()) {
                return new Reading.Flawed(flaw.get());
            }
        }
        return new Reading.Shown(glyphs.text());
    }

    /**
     * As above, for a text that somebody else reads as it was sent: two that differ must not be
     * shown as one, so that it has to be in form NFC.
     */
    public static Reading exactly(String raw, int most) {
        Reading reading = of(raw, most);
        return reading.text().filter(shown -> !shown.equals(raw)).isPresent()
                ? new Reading.Flawed(Flaw.FORM)
                : reading;
    }
}
