// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class TimeSpanTest {

    static final List<String> LANGUAGES =
            List.of(
                    "en", "de", "fr", "es", "it", "pt-BR", "nl", "pl", "tr", "uk", "ja", "zh-CN",
                    "ar", "he");

    private static final List<String> UNITS =
            List.of("cibaTimeSeconds", "cibaTimeMinutes", "cibaTimeHours", "cibaTimeDays");

    /** Plural categories by CLDR's rules for whole numbers; all others have one and other. */
    private static final Map<String, IntFunction<String>> RULES =
            Map.of(
                    "pl", n -> n == 1 ? "one" : isFew(n) ? "few" : "many",
                    "uk", n -> n % 10 == 1 && n % 100 != 11 ? "one" : isFew(n) ? "few" : "many",
                    "he", n -> n == 1 ? "one" : n == 2 ? "two" : "other",
                    "ar", TimeSpanTest::arabic,
                    "ja", n -> "other",
                    "zh", n -> "other",
                    "tr", n -> "other");

    private static boolean isFew(int n) {
        return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
    }

    private static String arabic(int n) {
        if (n <= 2) {
            return n == 1 ? "one" : "two";
        }
        int rest = n % 100;
        return rest >= 3 && rest <= 10 ? "few" : rest >= 11 ? "many" : "other";
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1 second",
        "1, 1 second",
        "10, 10 seconds",
        "60, 60 seconds",
        "119, 119 seconds",
        "120, 2 minutes",
        "179, 2 minutes",
        "3600, 60 minutes",
        "7199, 119 minutes",
        "7200, 2 hours",
        "86400, 24 hours",
        "172799, 47 hours",
        "172800, 2 days"
    })
    void largestUnitThatStillTellsItWell(long seconds, String words) {
        String said = Texts.builtIn(Locale.ENGLISH).timeSpan(seconds);

        assertThat(said).isEqualTo(words);
    }

    @Test
    void pluralsOfLanguagesWithMoreThanTwo() {
        assertThat(words("uk", 21 * 60, 22 * 60, 25 * 60))
                .containsExactly("21 хвилину", "22 хвилини", "25 хвилин");
        assertThat(words("pl", 22 * 60, 25 * 60, 24 * 3600))
                .containsExactly("22 minuty", "25 minut", "24 godziny");
        assertThat(words("ar", 120, 180, 660)).containsExactly("دقيقتان", "3 دقائق", "11 دقيقة");
        assertThat(words("he", 7200, 3 * 3600)).containsExactly("שעתיים", "3 שעות");
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void numbersOfOnePluralCategoryShareTheirForm(String language) {
        IntFunction<String> category =
                RULES.getOrDefault(
                        Locale.forLanguageTag(language).getLanguage(),
                        n -> n == 1 ? "one" : "other");
        SoftAssertions softly = new SoftAssertions();
        for (String unit : UNITS) {
            IntStream.rangeClosed(1, 119)
                    .forEach(
                            n ->
                                    softly.assertThat(form(language, unit, n))
                                            .as("%s %d", unit, n)
                                            .isEqualTo(form(language, unit, firstOf(category, n))));
        }
        softly.assertAll();
    }

    private static int firstOf(IntFunction<String> category, int n) {
        return IntStream.rangeClosed(1, n)
                .filter(other -> category.apply(other).equals(category.apply(n)))
                .findFirst()
                .orElseThrow();
    }

    private static String form(String language, String unit, int n) {
        String words = Texts.builtIn(Locale.forLanguageTag(language)).words(new TimeSpan(unit, n));
        return words.replace(Integer.toString(n), "").strip();
    }

    private static List<String> words(String language, long... seconds) {
        Texts texts = Texts.builtIn(Locale.forLanguageTag(language));
        return LongStream.of(seconds).mapToObj(texts::timeSpan).toList();
    }
}
