// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe finds on a page that a person could not use or read. */
public final class Axe {

    private Axe() {}

    /**
     * The violations, each with the elements that it is about. The pages have no frames: axe runs
     * in the page at once, without the second page in which it would join the findings of frames.
     */
    public static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .map(Axe::described)
                        .toList();
    }

    private static String described(Rule violation) {
        return violation.getId()
                + ": "
                + violation.getHelp()
                + " "
                + violation.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}
