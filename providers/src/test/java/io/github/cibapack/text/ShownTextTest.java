// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.UnicodeSet;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
    private static final int MOST = 256;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pump 4: $50 of gas (no. 7/8), 100 % \"now\" & <here>",
                "Tanksäule 4: 50 € für Benzin",
                "給油機4番、5000円",
                "המשאבה 4",
                "می\u200Cخواهم بنزین",
                "نرم\u200Cافزار",
                "क्\u200Dष",
                "क्\u200Cष",
                "র\u200D\u09CDয",
                "ශ්\u200Dරී",
                "လျှို့ဝှက်",
                "བསྒྲུབས",
                "שָׁלוֹם",
                "نُّ",
                "ที่นี่",
                "Việt Nam",
                "❤\uFE0F at pump 4",
                "1\uFE0F\u20E3 2\uFE0F\u20E3",
                "👍🏿",
                "👨\u200D👩\u200D👧",
                "🏳\uFE0F\u200D🌈",
                "👩🏽\u200D⚕\uFE0F",
                "👩\u200D❤\uFE0F\u200D👨",
                "🇩🇪",
                "\uD83E\uDEE8",
                "\uD83E\uDEF0"
            })
    void whatAPersonCanReadIsShownAsItIs(String text) {
        assertThat(ShownText.exactly(text, MOST).text()).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "|EMPTY",
                " |BLANK",
                " a|BLANK",
                "a |BLANK",
                "a  b|BLANK",
                "a\tb|BLANK",
                "a\u00A0b|BLANK",
                "a\u0301\u0301|MARK",
                "ก\u0E34\u0E34|MARK",
                "ก\u0E34\u0E48\u0E34|MARK",
                "a\u2003b|BLANK",
                "a\u202Fb|BLANK",
                "a\u3000b|BLANK",
                "a\u2028b|BLANK",
                "a\u200Bb|UNSEEN",
                "a\u200Cb|UNSEEN",
                "a\u200Db|UNSEEN",
                "می\u200C|UNSEEN",
                "\u200Cمی|UNSEEN",
                "د\u200Cد|UNSEEN",
                "क्\u200C|UNSEEN",
                "क्\u200D\u200Dष|UNSEEN",
                "👨\u200D|UNSEEN",
                "👨\u200Da|UNSEEN",
                "🏳\u200D🌈|UNSEEN",
                "👩\u200D⚕|UNSEEN",
                "©\u200D®|UNSEEN",
                "a\uFE0F|UNSEEN",
                "1\uFE0F|UNSEEN",
                "❤\uFE0F\uFE0F|UNSEEN",
                "⛽\uFE0F\uFE0F|UNSEEN",
                "❤\uFE0E|UNSEEN",
                "葛\uDB40\uDD00|UNSEEN",
                "🏴\uDB40\uDC67\uDB40\uDC7F|UNSEEN",
                "a\u202Eb|UNSEEN",
                "a\u2066b\u2069|UNSEEN",
                "a\u200Fb|UNSEEN",
                "a\u00ADb|UNSEEN",
                "a\u2060b|UNSEEN",
                "a\u115Fb|UNSEEN",
                "a\u3164b|UNSEEN",
                "a\u2800b|UNSEEN",
                "a\uD834\uDD59b|UNSEEN",
                "a\uE000b|UNSEEN",
                "a\uFFFDb|UNSEEN",
                "a\uFDD0b|UNSEEN",
                "a\uD800b|UNSEEN",
                "\u0301a|MARK",
                "a \u0301|MARK",
                "5\u03360|MARK",
                "a\u20DD|MARK",
                "1\u20E3|MARK",
                "x\u0300\u0301\u0302|MARK",
                "ที\u0E49\u0E49\u0E49\u0E49|MARK"
            })
    void whatRenderingWouldChangeOrHideIsRefused(String text, Flaw flaw) {
        String sent = text == null ? "" : text;
        assertThat(ShownText.of(sent, MOST).flaw()).contains(flaw);
    }

    @Test
    void spellingsOfOneTextBecomeOne() {
        String composed = "café ⛽";

        assertThat(ShownText.of(Normalizer.normalize(composed, Normalizer.Form.NFD), MOST).text())
                .contains(composed);
        assertThat(ShownText.of(composed + "\uFE0F", MOST).text()).contains(composed);
        assertThat(ShownText.exactly(composed + "\uFE0F", MOST).flaw()).contains(Flaw.FORM);
    }

    @Test
    void nothingIsCut() {
        assertThat(ShownText.of("m".repeat(MOST), MOST).text()).contains("m".repeat(MOST));
        assertThat(ShownText.of("m".repeat(MOST + 1), MOST).flaw()).contains(Flaw.TOO_LONG);
        assertThat(ShownText.of("👍".repeat(MOST), MOST).text()).isPresent();
        assertThat(ShownText.of("👍".repeat(MOST + 1), MOST).flaw()).contains(Flaw.TOO_LONG);
        String decomposed = Normalizer.normalize("ṩ".repeat(MOST), Normalizer.Form.NFD);
        assertThat(ShownText.of(decomposed, MOST).text()).contains("ṩ".repeat(MOST));
    }

    @Test
    void textThatIsTooLongCostsNothing() {
        String marks = "a" + "\u0315\u0300\u05AE\u0301".repeat(4_000_000);

        Assertions.assertTimeout(
                Duration.ofMillis(500),
                () -> assertThat(ShownText.of(marks, MOST).flaw()).contains(Flaw.TOO_LONG));
    }

    /** All seventeen planes, one by one. */
    @Test
    void noInvisibleCharacterPassesAndNoVisibleOneIsRefused() {
        UnicodeSet unseen =
                new UnicodeSet(
                        "[[:Default_Ignorable_Code_Point:][:Cc:][:Cf:][:Cs:][:Co:][:White_Space:]"
                                + "[:Noncharacter_Code_Point:]]");
        UnicodeSet visible =
                new UnicodeSet(
                        "[[:L:][:N:][:P:][:S:][:Mc:][:Cn:]-[:Default_Ignorable_Code_Point:]"
                            + "-[:Noncharacter_Code_Point:]-[:NFC_Quick_Check=No:]"
                            + "-[[:^ccc=0:][:NFC_Quick_Check=Maybe:][:Decomposition_Type=Canonical:]"
                            + "-[:Age=13.0:]]"
                            + "-[\\u2800\\uFFFC\\uFFFD\\U00013441\\U00013442\\U0001D159]]");
        List<String> wrong = new ArrayList<>();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = "a" + Character.toString(point) + "b";
            Optional<Flaw> flaw = ShownText.of(text, MOST).flaw();
            if ((unseen.contains(point) && flaw.isEmpty())
                    || (visible.contains(point) && flaw.isPresent())) {
                wrong.add("U+%04X %s".formatted(point, flaw));
            }
        }
        // the one blank that is shown as it is
        assertThat(wrong).containsExactly("U+0020 Optional.empty");
    }
}
