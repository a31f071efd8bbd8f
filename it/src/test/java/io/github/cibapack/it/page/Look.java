// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.cibapack.it.mail.Languages;
import java.util.List;

/**
 * How a person looks at a page: in a language, on a light or a dark screen. axe judges what a
 * language cannot change (names, roles, contrast, order), so the ordinary suite takes one language
 * in both schemes and one that is written from right to left; {@code -Dit.languages=all} takes
 * every language in both.
 *
 * @param language the browser's language
 * @param inTheDark whether a dark screen is judged too
 */
record Look(String language, boolean inTheDark) {

    /** Those in which each state of the page is judged. */
    static List<Look> all() {
        return isEveryLanguageWanted()
                ? Languages.ALL.stream().map(language -> new Look(language, true)).toList()
                : List.of(new Look("en", true), new Look("ar", false));
    }

    /** Languages whose words need most room: long ones, and ones from right to left. */
    static List<String> widest() {
        return isEveryLanguageWanted() ? Languages.ALL : List.of("de", "ar");
    }

    /** A browser that asks for it, light. */
    NewContextOptions browser() {
        return new NewContextOptions().setLocale(language).setColorScheme(ColorScheme.LIGHT);
    }

    /** What axe finds on a page of that browser, which is dark afterwards if that was judged. */
    List<String> violations(Page page) {
        return inTheDark ? Axe.violationsLightAndDark(page) : Axe.violations(page);
    }

    private static boolean isEveryLanguageWanted() {
        return System.getProperty("it.languages", "").equals("all");
    }
}
