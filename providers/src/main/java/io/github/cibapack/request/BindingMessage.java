// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The rule for a {@code binding_message} (CIBA Core §7.1) at the documented endpoint: 1 to 256 code
 * points after NFC, of any script, spaces included. What a reader cannot see is refused, as two
 * messages that look alike must be alike; joiners and variation selectors pass where they shape a
 * visible character (emoji, Persian).
 */
public final class BindingMessage {
    private static final int MAX_CODE_POINTS = 256;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private BindingMessage() {}

    /** The message in NFC, or nothing where it is not allowed. */
    public static Optional<String> normalize(String raw) {
        String message = Normalizer.normalize(raw, Normalizer.Form.NFC);
        int[] points = message.codePoints().toArray();
        if (points.length == 0 || points.length > MAX_CODE_POINTS) {
            return Optional.empty();
        }
        boolean somethingToSee = false;
        for (int i = 0; i < points.length; i++) {
            if (!isAllowed(points, i)) {
                return Optional.empty();
            }
            somethingToSee |= isVisible(points[i]);
        }
        return somethingToSee ? Optional.of(message) : Optional.empty();
    }

    private static boolean isAllowed(int[] points, int i) {
        int point = points[i];
        if (point == ' ') {
            return true;
        }
        if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
            return i + 1 < points.length && shapes(points, i) && isVisible(points[i + 1]);
        }
        if (isVariationSelector(point)) {
            return i > 0 && isVisible(points[i - 1]);
        }
        return isVisible(point) || Character.getType(point) == Character.SPACE_SEPARATOR;
    }

    /** A joiner stands behind a visible character, or behind that one's variation selector. */
    private static boolean shapes(int[] points, int i) {
        return i > 0
                && (isVisible(points[i - 1])
                        || (i > 1
                                && isVariationSelector(points[i - 1])
                                && isVisible(points[i - 2])));
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> !isVariationSelector(point) && !isBlankLetter(point);
        };
    }

    private static boolean isVariationSelector(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    }

    /** Code points that Unicode counts as letters, marks or symbols and that show nothing. */
    private static boolean isBlankLetter(int point) {
        return switch (point) {
            case 0x034F,
                    0x115F,
                    0x1160,
                    0x17B4,
                    0x17B5,
                    0x180B,
                    0x180C,
                    0x180D,
                    0x180F,
                    0x2800,
                    0x3164,
                    0xFFA0 ->
                    true;
            default -> false;
        };
    }
}
