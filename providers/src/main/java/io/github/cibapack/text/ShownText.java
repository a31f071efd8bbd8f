// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Optional;

/**
 * The one rule for texts that a person approves or compares: the person sees the whole text. HTML,
 * plain-text mails and subject lines show an accepted text unchanged, it covers nothing else, and
 * two different accepted texts look different, except for letters that look alike.
 */
public final class ShownText {
    private ShownText() {}

    /**
     * Reads a text, in form NFC.
     *
     * @param most the maximum number of code points after normalization
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
     * As above, for a text that another party also reads as it was sent. It must already be in form
     * NFC, so that two different texts are never shown as the same one.
     */
    public static Reading exactly(String raw, int most) {
        Reading reading = of(raw, most);
        return reading.text().filter(shown -> !shown.equals(raw)).isPresent()
                ? new Reading.Flawed(Flaw.FORM)
                : reading;
    }
}
