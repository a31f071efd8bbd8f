// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoDigitsTest {

    /** The zeros of all scripts that this JDK's Unicode knows. */
    private static final int[] ZEROS =
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                    .filter(c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER)
                    .filter(c -> Character.digit(c, 10) == 0)
                    .toArray();

    @Property
    void digitsOfEveryScriptAreRead(
            @ForAll("zeros") int zero, @ForAll @IntRange(min = 0, max = 99) int number) {
        String ascii = "%02d".formatted(number);
        String typed =
                ascii.chars()
                        .map(digit -> zero + digit - '0')
                        .mapToObj(Character::toString)
                        .reduce("", String::concat);

        assertThat(TwoDigits.of(typed)).contains(ascii);
        assertThat(TwoDigits.of(" " + typed + "\u00A0")).contains(ascii);
    }

    @Property
    void anythingElseIsNoNumber(@ForAll String text) {
        boolean twoDigits =
                text.codePoints().filter(Character::isDigit).count() == 2
                        && text.codePoints()
                                .allMatch(
                                        c ->
                                                Character.isDigit(c)
                                                        || Character.isSpaceChar(c)
                                                        || Character.isWhitespace(c));

        assertThat(TwoDigits.of(text).isPresent()).isEqualTo(twoDigits && text.length() <= 16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "4",
                "423",
                "4x",
                "\u00B2\u00B2",
                "\u2164\u2164",
                "\u4E94\u4E94",
                "-1",
                "+4",
                "4.2",
                "1e1",
                "42\u200B",
                "42\u0000",
                "                42"
            })
    void textThatOnlyLooksLikeANumberIsNone(String text) {
        assertThat(TwoDigits.of(text)).isEmpty();
    }

    @Test
    void aSpaceBetweenIsPassedOver() {
        assertThat(TwoDigits.of("4 2")).contains("42");
    }

    @Provide
    Arbitrary<Integer> zeros() {
        return Arbitraries.of(IntStream.of(ZEROS).boxed().toList());
    }
}
