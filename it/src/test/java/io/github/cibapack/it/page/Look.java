// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.github.cibapack.it.mail.Languages;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a person looks at a page: in a language, on a light or a dark screen. axe judges what a
 * language cannot change (names, roles, contrast, order), so the ordinary suite takes one language
 * in both schemes and one that is written from right to left; {@code -Dit.languages=all} takes
 * every language in both.
 *
 * @param language the browser's language
 * @param scheme the browser's colours
 */
record Look(String language, ColorScheme scheme) {

    /** Those in which each state of the page is judged. */
    static List<Look> all() {
        return isEveryLanguageWanted()
                ? Languages.ALL.stream().flatMap(Look::inBothSchemes).toList()
                : List.of(
                        new Look("en", ColorScheme.LIGHT),
                        new Look("en", ColorScheme.DARK),
                        new Look("ar", ColorScheme.LIGHT));
    }

    /** Languages whose words need most room: long ones, and ones from right to left. */
    static List<String> widest() {
        return isEveryLanguageWanted() ? Languages.ALL : List.of("de", "ar");
    }

    /** A browser that asks for it. */
    NewContextOptions browser() {
        return new NewContextOptions().setLocale(language).setColorScheme(scheme);
    }

    private static boolean isEveryLanguageWanted() {
        return System.getProperty("it.languages", "").equals("all");
    }

    private static Stream<Look> inBothSchemes(String language) {
        return Stream.of(
                new Look(language, ColorScheme.LIGHT), new Look(language, ColorScheme.DARK));
    }
}
