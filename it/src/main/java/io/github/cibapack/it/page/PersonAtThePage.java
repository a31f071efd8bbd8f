// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.microsoft.playwright.Page;

/**
 * Somebody who looks at a page before pressing a button of it, and moves the mouse there: the page
 * takes such a press for a person's. {@code page.click} alone is what a program does.
 */
public final class PersonAtThePage {

    /**
     * The page takes a press for a program's within its first second, and within 30 ms of the first
     * move or key; one call, no polling.
     */
    private static final String LOOK =
            """
            () => new Promise(seen => {
              const shown = performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd;
              setTimeout(seen, Math.max(50, shown + 1050 - performance.now()));
            })
            """;

    private PersonAtThePage() {}

    /** Presses a button once the person has seen the page, and waits for what came of it. */
    public static void press(Page page, String button) {
        page.waitForSelector(button);
        look(page);
        page.click(button);
        page.waitForSelector(".ciba-result");
    }

    /** Moves the mouse and waits for as long as a person needs at least. */
    public static void look(Page page) {
        // before that, the page's script may not be there to see the mouse
        page.waitForLoadState();
        page.mouse().move(5, 5);
        page.mouse().move(20, 30);
        awaitASecond(page);
    }

    /** Waits until the page has been there for a second, and for as long as a finger needs. */
    public static void awaitASecond(Page page) {
        page.waitForLoadState();
        // not waitForFunction, which the page's Content-Security-Policy refuses
        page.evaluate(LOOK);
    }
}
