// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ViewportSize;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.browser.SmallPng;
import io.github.cibapack.it.mail.Languages;
import io.github.cibapack.it.realm.RealmFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Not a test: writes the pictures of {@code docs/images} anew, when asked with {@code
 * -Dit.screenshots=true}.
 */
@EnabledIfSystemProperty(
        named = "it.screenshots",
        matches = "true",
        disabledReason = "writes docs/images: -Dit.screenshots=true")
@BrowserTest
class ScreenshotsIT {

    static final List<String> LANGUAGES = Languages.ALL;

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    /** What a repository can carry a few dozen of. */
    private static final int MOST_BYTES = 80_000;

    private static Path images;

    /** Under its own name, as the pictures show links. */
    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(realm -> realm.named("ciba-demo"));

    @BeforeAll
    static void findFolder() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
        images = Files.createDirectories(root.resolve("docs/images"));
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void mailAndPageInEachLanguage(String language, BrowserContext context) {
        OpenRequest request = requestIn(language);

        shoot(context, phone(), page -> page.setContent(request.mail().html()), "mail-" + language);
        shoot(
                context,
                phone(),
                page -> page.navigate(request.link().toString()),
                "page-" + language);
    }

    @ParameterizedTest
    @EnumSource(
            value = PageState.class,
            names = {"UNDECIDED"},
            mode = EnumSource.Mode.EXCLUDE)
    void eachStateOnAPhone(PageState state, BrowserContext context) {
        speak("en");
        URI link = PageStates.of(REALM, OpenRequest.usual("alice")).link(state);

        shoot(context, phone(), page -> PageStates.show(page, state, link), "page-" + state);
    }

    @Test
    void mailAndPageOnADesktop(BrowserContext context) {
        OpenRequest request = requestIn("en");
        NewContextOptions desktop = new NewContextOptions().setViewportSize(900, 768);

        shoot(context, desktop, page -> page.setContent(request.mail().html()), "mail-en-desktop");
        shoot(
                context,
                desktop,
                page -> page.navigate(request.link().toString()),
                "page-en-desktop");
    }

    @Test
    void mailAndPageInTheDark(BrowserContext context) {
        OpenRequest request = requestIn("en");

        shoot(
                context,
                phone().setColorScheme(ColorScheme.DARK),
                page -> page.setContent(request.mail().html()),
                "mail-en-dark");
        shoot(
                context,
                phone().setColorScheme(ColorScheme.DARK),
                page -> page.navigate(request.link().toString()),
                "page-en-dark");
    }

    private static OpenRequest requestIn(String language) {
        speak(language);
        return OpenRequest.in(REALM, REALM.gasPump(), OpenRequest.usual("alice"));
    }

    private static void speak(String language) {
        REALM.admin()
                .updateUser(
                        REALM.name(),
                        "alice",
                        user ->
                                user.withObjectProperty("attributes")
                                        .putArray("locale")
                                        .add(language));
    }

    private static NewContextOptions phone() {
        return new NewContextOptions().setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
    }

    private static void shoot(
            BrowserContext any, NewContextOptions options, Consumer<Page> show, String name) {
        Path file = images.resolve(name + ".png");
        try (BrowserContext context =
                any.browser().newContext(options.setDeviceScaleFactor(1).setLocale("en"))) {
            Page page = context.newPage();
            show.accept(page);
            page.evaluate("document.fonts.ready");
            // Not a full-page picture: the theme's background is as high as the window.
            Object height = page.evaluate("document.documentElement.scrollHeight");
            ViewportSize window = page.viewportSize();
            page.setViewportSize(window.width, Math.max(window.height, (Integer) height));
            SmallPng.write(page.screenshot(), file);
        }
        assertThat(file)
                .satisfies(written -> assertThat(Files.size(written)).isLessThan(MOST_BYTES));
    }
}
