// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Stream;

/** What axe finds on a page that a person could not use or read. */
public final class Axe {

    /** The rules of axe that a dark screen can break and a light one keeps. */
    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    /** The page's script learns of a change with the next frame. */
    static final String UNTIL_COLOURS_STAY =
            """
            () => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))
              .then(() => Promise.allSettled(
                document.getAnimations().map(change => change.finished)))
            """;

    private Axe() {}

    /**
     * The violations, each with the elements that it is about. The pages have no frames: axe runs
     * in the page at once, without the second page in which it would join the findings of frames.
     */
    public static List<String> violations(Page page) {
        return found(new AxeBuilder(page)).toList();
    }

    /** The same of a page on a light screen, and what its colours on a dark one add. */
    static List<String> violationsLightAndDark(Page page) {
        List<String> light = violations(page);
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.evaluate(UNTIL_COLOURS_STAY);
        Stream<String> dark = found(new AxeBuilder(page).withRules(COLOURS));
        return Stream.concat(light.stream(), dark.map(violation -> "dark: " + violation)).toList();
    }

    private static Stream<String> found(AxeBuilder axe) {
        return axe.setLegacyMode(true).analyze().getViolations().stream().map(Axe::described);
    }

    private static String described(Rule violation) {
        return violation.getId()
                + ": "
                + violation.getHelp()
                + " "
                + violation.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}
