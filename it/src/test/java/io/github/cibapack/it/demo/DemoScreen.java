// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.server.Workspace;
import java.time.Duration;

/** What a person does and sees on any page of the demo. */
final class DemoScreen {
    static final Duration SOON = Duration.ofSeconds(40);

    private DemoScreen() {}

    static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }

    static void awaitStatus(Page page, String text) {
        assertThat(page.getByRole(AriaRole.STATUS))
                .hasText(
                        text,
                        new LocatorAssertions.HasTextOptions()
                                .setTimeout((double) SOON.toMillis()));
    }

    /** Leaves a picture for whoever wants to look at what a run has shown. */
    static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(
                                Workspace.current()
                                        .target()
                                        .resolve("screenshots")
                                        .resolve("demo-" + name + ".png")));
    }
}
