// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "Gas Pump|Gas Pump",
                "Gas  Pump|Gas ⟨U+0020⟩Pump",
                " Bank|⟨U+0020⟩Bank",
                "Ba\u200Bnk|Ba⟨U+200B⟩nk",
                "\u202EknaB|⟨U+202E⟩knaB",
                "A\tB|A⟨U+0009⟩B",
                "A\u00A0B|A⟨U+00A0⟩B",
                "5\u03360|5⟨U+0336⟩0",
                "⟨U+200B⟩|⟨U+27E8⟩U+200B⟩",
                "\uDB40\uDC41A|⟨U+E0041⟩A",
                "5\u0336\u0301|5⟨U+0336⟩⟨U+0301⟩",
                "❤\uFE0F|❤\uFE0F"
            })
    void whatCannotBeSeenIsMadeVisible(String name, String shown) {
        assertThat(VisibleText.of(name, 256)).contains(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                "\u200B\u200E",
                "\u2800",
                "\u3164\u00A0",
                "\u200B\u2060 \u3164",
                "\u0301"
            })
    void whatShowsNothingIsNoName(String name) {
        assertThat(VisibleText.of(name, 256)).isEmpty();
    }

    @Test
    void whatIsCutSaysSo() {
        assertThat(VisibleText.of("m".repeat(10), 10)).contains("m".repeat(10));
        assertThat(VisibleText.of("m".repeat(11), 10)).contains("m".repeat(9) + "…");
        assertThat(VisibleText.of("m".repeat(10_000), 10)).contains("m".repeat(9) + "…");
        assertThat(VisibleText.of("mmm\u200Bm", 10)).contains("mmm…");
    }

    @Test
    void whatIsVeryLongIsCutBetweenCharacters() {
        assertThat(VisibleText.of("m" + "😀".repeat(1000), 20))
                .contains("m" + "😀".repeat(18) + "…");
    }
}
