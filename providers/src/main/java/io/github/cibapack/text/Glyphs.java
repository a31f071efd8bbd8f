// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A text as a reader sees it, character by character: in form NFC, without variation selectors that
 * change nothing. A character has no flaw if the reader sees it, or sees its effect on its
 * neighbours.
 */
final class Glyphs {
    /** NFC composes at most four code points to one, and each takes at most two units. */
    private static final int MOST_UNITS = 8;

    /** Behind the last character of ASCII that is seen. */
    private static final int DELETE = 0x7F;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_SELECTOR = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int LIGHTEST_SKIN = 0x1F3FB;
    private static final int DARKEST_SKIN = 0x1F3FF;

    /** Hebrew, Tibetan and Burmese set as many on one letter. */
    private static final int MOST_MARKS = 4;

    /**
     * The limit for marks that any script can use, which would otherwise grow into the lines above
     * and below.
     */
    private static final int MOST_GENERAL_MARKS = 2;

    private static final CodePoints UNSEEN = CodePoints.named("unseen");
    private static final CodePoints BLANK = CodePoints.named("blank");
    private static final CodePoints MARK = CodePoints.named("mark");
    private static final CodePoints OVERLAY = CodePoints.named("overlay");
    private static final CodePoints VIRAMA = CodePoints.named("virama");
    private static final CodePoints JOINS_NEXT = CodePoints.named("joins-next");
    private static final CodePoints JOINS_PREVIOUS = CodePoints.named("joins-previous");
    private static final CodePoints PICTOGRAPH = CodePoints.named("pictograph");
    private static final CodePoints YOUNG = CodePoints.named("young");
    private static final CodePoints EMOJI_BY_DEFAULT = CodePoints.named("emoji-by-default");

    private final int[] points;

    private Glyphs(int[] points) {
        this.points = points;
    }

    /**
     * Whether a text has too many characters in any normalization form. Call it before normalizing:
     * NFC takes a second for 64 KB of combining marks.
     */
    static boolean isBeyond(String raw, int most) {
        return raw.length() > MOST_UNITS * most;
    }

    static Glyphs of(String raw) {
        int[] points = Normalizer.normalize(raw, Normalizer.Form.NFC).codePoints().toArray();
        int kept = 0;
        for (int i = 0; i < points.length; i++) {
            boolean redundant =
                    points[i] == EMOJI_SELECTOR
                            && i > 0
                            && EMOJI_BY_DEFAULT.contains(points[i - 1]);
            if (!redundant) {
                points[kept++] = points[i];
            }
        }
        return new Glyphs(Arrays.copyOf(points, kept));
    }

    int count() {
        return points.length;
    }

    int at(int i) {
        return points[i];
    }

    String text() {
        return new String(points, 0, points.length);
    }

    /** The flaw of a character at its place, if any. */
    Optional<Flaw> flaw(int i) {
        int point = points[i];
        if (point > ' ' && point < DELETE) {
            return Optional.empty();
        }
        if (point == ' ') {
            return isBetween(i) ? Optional.empty() : Optional.of(Flaw.BLANK);
        }
        if (BLANK.contains(point)) {
            return Optional.of(Flaw.BLANK);
        }
        if (UNSEEN.contains(point)) {
            return isSeenByItsNeighbours(i) ? Optional.empty() : Optional.of(Flaw.UNSEEN);
        }
        if (isUnknownToNormalizer(point)) {
            return Optional.of(Flaw.FORM);
        }
        boolean flawless =
                OVERLAY.contains(point) ? isKeycap(i) : !MARK.contains(point) || isOneOfFew(i);
        return flawless ? Optional.empty() : Optional.of(Flaw.MARK);
    }

    /** Whether a character is visible only on or beside the one before it. */
    boolean leansOnPrevious(int i) {
        return MARK.contains(points[i]) || UNSEEN.contains(points[i]);
    }

    /** Too new for Java's tables, and part of NFC: Java would leave two spellings different. */
    private static boolean isUnknownToNormalizer(int point) {
        return YOUNG.contains(point) && Character.getType(point) == Character.UNASSIGNED;
    }

    private boolean isBetween(int i) {
        return i > 0 && i + 1 < points.length && points[i - 1] != ' ';
    }

    private boolean isSeenByItsNeighbours(int i) {
        return switch (points[i]) {
            case ZERO_WIDTH_NON_JOINER -> keepsApart(i);
            case ZERO_WIDTH_JOINER -> isBehindVirama(i) || isReph(i) || joinsEmoji(i);
            case EMOJI_SELECTOR -> isTextByDefault(i - 1) || isKeycap(i + 1);
            default -> false;
        };
    }

    /** RFC 5892 §A.1: letters that would be joined, or a conjunct that would be made. */
    private boolean keepsApart(int i) {
        int base = base(i - 1);
        if (base < 0 || i + 1 == points.length) {
            return false;
        }
        return isBehindVirama(i)
                ? Character.isLetter(points[i + 1]) && !UNSEEN.contains(points[i + 1])
                : JOINS_NEXT.contains(points[base]) && JOINS_PREVIOUS.contains(points[i + 1]);
    }

    /** RFC 5892 §A.2: asks for a half form. */
    private boolean isBehindVirama(int i) {
        return i > 0 && VIRAMA.contains(points[i - 1]);
    }

    /** The Unicode Standard §12.2 and §12.8: RA keeps its form before a conjunct. */
    private boolean isReph(int i) {
        return isPair(i, 0x09B0, 0x09CD) || isPair(i, 0x0CB0, 0x0CCD);
    }

    private boolean isPair(int i, int before, int after) {
        return i > 0 && i + 1 < points.length && points[i - 1] == before && points[i + 1] == after;
    }

    /**
     * UTS #51, ED-16: between two emoji, each of them fully qualified, as otherwise two spellings
     * would look alike.
     */
    private boolean joinsEmoji(int i) {
        return i > 0 && i + 1 < points.length && isEmojiUntil(i - 1) && isEmojiFrom(i + 1);
    }

    private boolean isEmojiUntil(int i) {
        if (points[i] == EMOJI_SELECTOR) {
            return isTextByDefault(i - 1);
        }
        return isSkin(i)
                ? isPictograph(i - 1)
                : isPictograph(i) && EMOJI_BY_DEFAULT.contains(points[i]);
    }

    private boolean isEmojiFrom(int i) {
        return isPictograph(i)
                && (EMOJI_BY_DEFAULT.contains(points[i])
                        || (i + 1 < points.length
                                && (isSkin(i + 1) || points[i + 1] == EMOJI_SELECTOR)));
    }

    private boolean isSkin(int i) {
        return points[i] >= LIGHTEST_SKIN && points[i] <= DARKEST_SKIN;
    }

    private boolean isPictograph(int i) {
        return i >= 0 && PICTOGRAPH.contains(points[i]);
    }

    private boolean isTextByDefault(int i) {
        return isPictograph(i) && !EMOJI_BY_DEFAULT.contains(points[i]);
    }

    /** UTS #51, ED-14c: digit, selector, keycap. */
    private boolean isKeycap(int i) {
        return i > 1
                && i < points.length
                && points[i] == KEYCAP
                && points[i - 1] == EMOJI_SELECTOR
                && (points[i - 2] == '#'
                        || points[i - 2] == '*'
                        || (points[i - 2] >= '0' && points[i - 2] <= '9'));
    }

    private boolean isOneOfFew(int i) {
        int base = base(i);
        int general = 0;
        for (int j = base + 1; j <= i; j++) {
            general += isGeneralMark(points[j]) ? 1 : 0;
        }
        return base >= 0
                && isBase(base)
                && !isRepeated(base, i)
                && i - base <= MOST_MARKS
                && general <= MOST_GENERAL_MARKS;
    }

    /** Drawn over the first one, once and twice look alike. NFC may have made one with the base. */
    private boolean isRepeated(int base, int i) {
        IntStream composed =
                Normalizer.normalize(Character.toString(points[base]), Normalizer.Form.NFD)
                        .codePoints()
                        .skip(1);
        return IntStream.concat(composed, Arrays.stream(points, base + 1, i))
                .anyMatch(mark -> mark == points[i]);
    }

    /**
     * The index of the letter that the marks ending at this place belong to; −1 if there is none.
     */
    private int base(int i) {
        int base = i;
        while (base >= 0 && MARK.contains(points[base])) {
            base--;
        }
        return base;
    }

    private boolean isBase(int i) {
        return points[i] == ZERO_WIDTH_JOINER
                ? isReph(i)
                : points[i] != ' ' && !BLANK.contains(points[i]) && !UNSEEN.contains(points[i]);
    }

    private static boolean isGeneralMark(int point) {
        return (point >= 0x0300 && point <= 0x036F)
                || (point >= 0x1AB0 && point <= 0x1AFF)
                || (point >= 0x1DC0 && point <= 0x1DFF)
                || (point >= 0x20D0 && point <= 0x20FF)
                || (point >= 0xFE20 && point <= 0xFE2F);
    }
}
