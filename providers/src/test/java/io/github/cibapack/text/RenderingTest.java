// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What rendering makes of texts, whatever they are. */
class RenderingTest {
    private static final int MOST = 64;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_SELECTOR = 0xFE0F;

    @Property(tries = 5_000)
    void renderingChangesNothingInATextThatPasses(@ForAll @From("texts") String sent) {
        ShownText.of(sent, MOST)
                .text()
                .ifPresent(shown -> assertThat(rendered(shown)).isEqualTo(shown));
    }

    @Property(tries = 5_000)
    void textsThatLookAlikeAreOneOrDoNotPass(
            @ForAll @From("texts") String text, @ForAll @From("additions") String addition) {
        Assume.that(ShownText.exactly(text, MOST).text().isPresent());
        for (int at = 0; at <= text.length(); at++) {
            String other = text.substring(0, at) + addition + text.substring(at);
            if (rendered(other).equals(rendered(text))) {
                assertThat(ShownText.exactly(other, MOST).text()).as(escaped(other)).isEmpty();
            }
        }
    }

    @Property(tries = 5_000)
    void readingTwiceIsReadingOnce(@ForAll @From("texts") String sent) {
        ShownText.of(sent, MOST)
                .text()
                .ifPresent(
                        shown -> assertThat(ShownText.exactly(shown, MOST).text()).contains(shown));
    }

    @Property(tries = 5_000)
    void nameThatIsMadeVisibleHasNothingLeftToHide(@ForAll @From("texts") String name) {
        VisibleText.of(name, MOST)
                .ifPresent(shown -> assertThat(ShownText.of(shown, MOST).text()).contains(shown));
    }

    @Property(tries = 5_000)
    void namesThatAreShownAlikeAreOne(
            @ForAll @From("texts") String one, @ForAll @From("additions") String addition) {
        String other = one + addition;
        VisibleText.of(one, 1000)
                .filter(shown -> VisibleText.of(other, 1000).filter(shown::equals).isPresent())
                .ifPresent(shown -> assertThat(rendered(one)).isEqualTo(rendered(other)));
    }

    /**
     * A model of HTML, of a subject line and of an eye: NFC, blanks folded, nothing left of what
     * Unicode ignores. Joiners and selectors stay where they have an effect that is seen.
     */
    private static String rendered(String text) {
        int[] points = Normalizer2.getNFCInstance().normalize(text).codePoints().toArray();
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            if (UCharacter.isUWhiteSpace(points[i])) {
                seen.append(' ');
            } else if (!UCharacter.hasBinaryProperty(
                            points[i], UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                    || hasEffect(points, i)) {
                seen.appendCodePoint(points[i]);
            }
        }
        return seen.toString().replaceAll(" +", " ").strip();
    }

    private static boolean hasEffect(int[] points, int i) {
        if (i == 0) {
            return false;
        }
        int before = points[i - 1];
        int after = i + 1 < points.length ? points[i + 1] : -1;
        return switch (points[i]) {
            case EMOJI_SELECTOR ->
                    (isEmoji(before) && !isEmojiByDefault(before)) || after == 0x20E3;
            case ZERO_WIDTH_JOINER ->
                    isVirama(before)
                            || isVirama(after)
                            || (after > 0 && isEmoji(after) && before != ZERO_WIDTH_JOINER);
            case ZERO_WIDTH_NON_JOINER ->
                    after > 0 && (isVirama(before) || (joins(after) && UCharacter.isLetter(after)));
            default -> false;
        };
    }

    private static boolean isEmoji(int point) {
        return UCharacter.hasBinaryProperty(point, UProperty.EXTENDED_PICTOGRAPHIC);
    }

    private static boolean isEmojiByDefault(int point) {
        return UCharacter.hasBinaryProperty(point, UProperty.EMOJI_PRESENTATION);
    }

    private static boolean isVirama(int point) {
        return point > 0 && UCharacter.getCombiningClass(point) == 9;
    }

    private static boolean joins(int point) {
        int type = UCharacter.getIntPropertyValue(point, UProperty.JOINING_TYPE);
        return type == UCharacter.JoiningType.DUAL_JOINING
                || type == UCharacter.JoiningType.RIGHT_JOINING;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> out.append(" U+%04X".formatted(point)));
        return out.toString();
    }

    @Provide
    Arbitrary<String> texts() {
        return pieces().list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<String> additions() {
        return pieces();
    }

    private static Arbitrary<String> pieces() {
        return Arbitraries.oneOf(
                Arbitraries.of("a", "b", "5", " ", "é", "Pump 4", "$", "<b>", "&nbsp;"),
                Arbitraries.of(
                        " ", "  ", "\t", "\n", "\u00A0", "\u2009", "\u202F", "\u3000", "\u2028"),
                Arbitraries.of(
                        "\u200B",
                        "\u200C",
                        "\u200D",
                        "\u200E",
                        "\u2060",
                        "\u00AD",
                        "\u034F",
                        "\u115F",
                        "\u3164",
                        "\uFEFF",
                        "\u202E",
                        "\uFE0E",
                        "\uFE0F",
                        "\u061C",
                        "\uDB40\uDC61",
                        "\uDB40\uDD00",
                        "\uD834\uDD73"),
                Arbitraries.of(
                        "\u0301", "\u0323", "\u0336", "\u20E3", "\u0E49", "\u05B0", "e\u0301"),
                Arbitraries.of("م", "ی", "خ", "د", "ر", "ه", "ا", "\u064B"),
                Arbitraries.of("क", "ष", "\u094D", "\u093F", "র", "\u09CD", "য", "ರ", "\u0CCD"),
                Arbitraries.of(
                        "❤", "⛽", "👨", "👩", "🏳", "🌈", "⚕", "🏽", "1", "#", "©", "\uD83E\uDEE8"),
                Arbitraries.of("ᄀ", "ᅡ", "ᆨ", "가"),
                Arbitraries.integers()
                        .between(0, Character.MAX_CODE_POINT)
                        .map(Character::toString));
    }
}
