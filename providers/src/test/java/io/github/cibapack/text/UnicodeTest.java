// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.UnicodeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pack's own tables against the library that has all of Unicode and weighs 15 MB. */
class UnicodeTest {

    /** Blank on purpose, or the sign that something could not be read. */
    private static final String SHOWS_NOTHING =
            "\\u2800\\uFFFC\\uFFFD\\U00013441\\U00013442\\U00016FE4\\U0001BC9D\\U0001D159";

    @Test
    void tablesAreThoseOfTheLibrarysVersion() {
        assertThat(UCharacter.getUnicodeVersion().getMajor()).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blank | [[:White_Space:]-[\\u0020]]",
                "overlay | [[:ccc=1:][:Me:]]",
                "virama | [:ccc=9:]",
                "joins-next | [[:Joining_Type=D:][:Joining_Type=L:]]",
                "joins-previous | [[:Joining_Type=D:][:Joining_Type=R:]]",
                "pictograph | [[:Extended_Pictographic:]-[\\u0000-\\u218F]]",
                "young | [[[:^ccc=0:][:NFC_QC=Maybe:][:Decomposition_Type=Canonical:]]"
                        + "-[:Age=13.0:]]",
                "emoji-by-default | [:Emoji_Presentation:]"
            })
    void tableIsTheProperty(String name, String property) {
        assertSame(name, property);
    }

    @Test
    void unseenIsWhatUnicodeIgnoresControlsOrLeavesToOthersAndTheBlankLetters() {
        assertSame(
                "unseen",
                "[[:Default_Ignorable_Code_Point:][:Cf:][:Cc:][:Co:][:Cs:]"
                        + "[:Noncharacter_Code_Point:]["
                        + SHOWS_NOTHING
                        + "]-[:White_Space:]]");
    }

    @Test
    void marksAreThoseThatTakeNoPlaceOfTheirOwn() {
        assertSame(
                "mark", "[[:Mn:][:Me:]-[:Default_Ignorable_Code_Point:]-[" + SHOWS_NOTHING + "]]");
    }

    private static void assertSame(String name, String property) {
        UnicodeSet expected = new UnicodeSet(property);
        CodePoints table = CodePoints.named(name);
        UnicodeSet actual = new UnicodeSet();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (table.contains(point)) {
                actual.add(point);
            }
        }
        assertThat(new UnicodeSet(actual).removeAll(expected).toString()).as(name).isEqualTo("[]");
        assertThat(new UnicodeSet(expected).removeAll(actual).toString()).as(name).isEqualTo("[]");
    }
}
