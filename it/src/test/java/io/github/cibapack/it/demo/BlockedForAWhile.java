// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;

/** What a page of the demo tells Alice to do after a report. */
final class BlockedForAWhile {

    private BlockedForAWhile() {}

    /** Follows the page's own words: the list of requests, alice's password, "Allow again". */
    static void end(Page page) {
        assertThat(page.locator("#go-on")).containsText("she did not start a request");
        Page list = page.context().waitForPage(() -> page.click("#requests"));
        list.click("#ciba-sign-in");
        Policies.signIn(list, "alice");
        assertThat(list.locator("button[name=unblock]")).hasText("Allow again");
        list.click("button[name=unblock]");
        assertThat(list.locator("button[name=unblock]")).hasCount(0);
        list.close();
    }
}
