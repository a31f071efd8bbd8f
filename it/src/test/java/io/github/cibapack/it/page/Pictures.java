// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ViewportSize;
import io.github.cibapack.it.browser.SmallPng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pictures of pages, of their whole height. */
public final class Pictures {
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final int DESK_WIDTH = 900;

    /** Whether the run is to leave them in the repository. */
    public static final String WANTED = "it.screenshots";

    private Pictures() {}

    /**
     * A page as people see it, on a phone and at a desk, by day and by night; axe has nothing to
     * say of any. Of languages other than English two of the four are taken.
     *
     * @param page an open one; its window and colours are changed
     */
    public static void gallery(Page page, String scene, String language) {
        for (boolean dark : new boolean[] {false, true}) {
            for (boolean desk : new boolean[] {false, true}) {
                if (dark == desk || language.equals("en")) {
                    page.emulateMedia(
                            new Page.EmulateMediaOptions()
                                    .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
                    page.evaluate(Axe.UNTIL_COLOURS_STAY);
                    page.setViewportSize(desk ? DESK_WIDTH : PHONE_WIDTH, PHONE_HEIGHT);
                    String name =
                            "%s-%s%s%s"
                                    .formatted(
                                            scene,
                                            language,
                                            dark ? "-dark" : "",
                                            desk ? "-desktop" : "");
                    assertThat(Axe.violations(page)).as(name).isEmpty();
                    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                            .as(name)
                            .isEqualTo(true);
                    leave(page, name);
                }
            }
        }
    }

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
