// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.page.PersonAtThePage;
import java.net.URI;

/** The approval page in a browser, as the person in front of it uses it. */
record ApprovalScreen(Page page) {

    static ApprovalScreen open(Page page, URI link) {
        page.navigate(link.toString());
        return new ApprovalScreen(page);
    }

    /** Presses Approve and waits for what comes next. */
    ApprovalScreen approve() {
        return press("approve");
    }

    /** Presses Deny and waits for what comes next. */
    ApprovalScreen deny() {
        return press("deny");
    }

    String heading() {
        return page.locator("h1").textContent().strip();
    }

    /** Everything that the card says. */
    String card() {
        return page.locator("main").innerText();
    }

    boolean offersDecision() {
        return page.locator("form#ciba-form").count() > 0;
    }

    /** {@code lang} of the page. */
    String language() {
        return page.locator("html").getAttribute("lang");
    }

    /** {@code dir} of the page. */
    String direction() {
        return page.locator("html").getAttribute("dir");
    }

    private ApprovalScreen press(String decision) {
        PersonAtThePage.press(page, "button[name=decision][value=" + decision + "]");
        page.waitForSelector(".ciba-result");
        return this;
    }
}
