// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ThemeTextsTest {

    @Test
    void textOfAKindStandsInThePlaceOfTheUsualOne() {
        ThemeTexts texts =
                of(Map.of("cibaA", "usual", "cibaA.once", "once", "cibaB", "usual", "a.once", "x"));

        assertThat(texts.own()).containsEntry("cibaA", "usual");
        assertThat(texts.ofKind(".once"))
                .containsEntry("cibaA", "once")
                .containsEntry("cibaB", "usual")
                .doesNotContainKey("a");
        assertThat(texts.ofKind(".details")).containsEntry("cibaA", "usual");
    }

    @Test
    void kindMayHaveATextThatOthersLack() {
        assertThat(of(Map.of("cibaA.once", "once")).ofKind(".once")).containsEntry("cibaA", "once");
    }

    @Test
    void unusableTextGivesWayToTheBuiltInOneOfItsKind() {
        ThemeTexts texts =
                of(
                        Map.of(
                                "cibaMailIntro", "${appName} asks",
                                "cibaMailIntro.details", "${nobody}",
                                "cibaMine", "${nobody}"));

        assertThat(texts.broken()).containsExactly("cibaMailIntro.details", "cibaMine");
        assertThat(texts.own())
                .containsEntry("cibaMailIntro", "${appName} asks")
                .containsEntry("cibaMine", "");
        assertThat(texts.ofKind(".details"))
                .containsEntry(
                        "cibaMailIntro",
                        BuiltInTexts.of(Locale.ENGLISH).getProperty("cibaMailIntro.details"));
    }

    private static ThemeTexts of(Map<String, String> all) {
        Properties texts = new Properties();
        texts.putAll(all);
        return ThemeTexts.of(texts, Locale.ENGLISH);
    }
}
