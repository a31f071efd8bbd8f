// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.microsoft.playwright.Page;
import java.net.URI;

/** The approval page in a browser, as the person in front of it uses it. */
public record ApprovalScreen(Page page) {

    public static ApprovalScreen open(Page page, URI link) {
        page.navigate(link.toString());
        return new ApprovalScreen(page);
    }

    /** Presses Approve and waits for what comes next. */
    public ApprovalScreen approve() {
        return press("approve");
    }

    /** Presses Deny and waits for what comes next. */
    public ApprovalScreen deny() {
        return press("deny");
    }

    public String heading() {
        return page.locator("h1").textContent().strip();
    }

    /** Everything that the card says. */
    public String card() {
        return page.locator("main").innerText();
    }

    public boolean offersDecision() {
        return page.locator("form#ciba-form").count() > 0;
    }

    /** {@code lang} of the page. */
    public String language() {
        return page.locator("html").getAttribute("lang");
    }

    /** {@code dir} of the page. */
    public String direction() {
        return page.locator("html").getAttribute("dir");
    }

    private ApprovalScreen press(String decision) {
        PersonAtThePage.press(page, "button[name=decision][value=" + decision + "]");
        page.waitForSelector(".ciba-result");
        return this;
    }
}
