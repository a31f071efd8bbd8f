// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ViewportSize;
import io.github.cibapack.it.browser.SmallPng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures of pages, of their whole height. */
public final class Pictures {
    private Pictures() {}

    /** Whether the run is to leave them in the repository. */
    public static final String WANTED = "it.screenshots";

    /** Leaves one among the documentation's, if the run is to leave any. */
    public static void leave(Page page, String name) {
        if (!Boolean.getBoolean(WANTED)) {
            return;
        }
        page.evaluate("document.fonts.ready");
        Object height = page.evaluate("document.documentElement.scrollHeight");
        ViewportSize window = page.viewportSize();
        page.setViewportSize(window.width, Math.max(window.height, (Integer) height));
        try {
            SmallPng.write(
                    page.screenshot(), Files.createDirectories(folder()).resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.setViewportSize(window.width, window.height);
    }

    private static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        return (Files.exists(here.resolve("docs")) ? here : here.getParent())
                .resolve("docs/images");
    }
}
