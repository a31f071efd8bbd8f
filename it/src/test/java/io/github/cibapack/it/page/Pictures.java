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

    /** Takes one; into the repository when asked with {@code -Dit.screenshots=true}. */
    public static Path of(Page page, String name) {
        page.evaluate("document.fonts.ready");
        Object height = page.evaluate("document.documentElement.scrollHeight");
        ViewportSize window = page.viewportSize();
        page.setViewportSize(window.width, Math.max(window.height, (Integer) height));
        try {
            Path file = Files.createDirectories(folder()).resolve(name + ".png");
            SmallPng.write(page.screenshot(), file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        if (!Boolean.getBoolean("it.screenshots")) {
            return here.resolve("target/pictures");
        }
        return (Files.exists(here.resolve("docs")) ? here : here.getParent())
                .resolve("docs/images");
    }
}
