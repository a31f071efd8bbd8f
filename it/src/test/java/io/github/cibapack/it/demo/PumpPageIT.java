// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.github.cibapack.it.browser.AnimatedGif;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.Workspace;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The demo's first page in a browser, with the phone beside it; {@code -Dit.screenshots=true} makes
 * the animated picture of the README of it.
 */
@BrowserTest
class PumpPageIT {

    private static final long MOST_BYTES = 2_000_000;
    private static final int WIDTH = 480;
    private static final int PHONE = 300;
    private static final int HEIGHT = 600;

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    private final int port = FreePort.any();
    private Pump pump;
    private DemoPage demo;

    @BeforeEach
    void openTheDemo() {
        DemoState state = new DemoState();
        REALM.mailbox().onMail(state::mailArrived);
        RelyingParty client = REALM.gasPump();
        pump = new Pump(client.withListener(state.exchangesOf("pump")), state.displayOf("pump"));
        demo = DemoPage.open(port, state, client.issuer(), Map.of("pump", pump));
    }

    @AfterEach
    void closeTheDemo() {
        demo.close();
        pump.close();
    }

    @Test
    void pumpIsReleasedWhenThePhoneHasApproved(Page page, BrowserContext context)
            throws IOException {
        Path file = Workspace.current().target().resolve("screenshots").resolve("pump.gif");
        Files.createDirectories(file.getParent());
        NewContextOptions size =
                new NewContextOptions().setViewportSize(PHONE * 4 / 3, HEIGHT * 4 / 3);
        try (BrowserContext pocket = context.browser().newContext(size.setLocale("en"));
                AnimatedGif film = AnimatedGif.at(file)) {
            Page phone = pocket.newPage();
            page.setViewportSize(WIDTH, HEIGHT);
            open(page);
            film.add(frame(page, phone), Duration.ofMillis(1500));

            DemoScreen.press(page, "$50");
            DemoScreen.awaitStatus(page, "Waiting for Alice to approve by e-mail");
            film.add(frame(page, phone), Duration.ofMillis(1500));

            ReceivedMail mail = mailAbout("Pump 4: $50 of gas");
            phone.setContent(mail.html());
            film.add(frame(page, phone), Duration.ofSeconds(3));

            phone.navigate(mail.magicLink().toString());
            film.add(frame(page, phone), Duration.ofMillis(2500));
            Locator approve = phone.locator("button[value=approve]");
            approve.scrollIntoViewIfNeeded();
            film.add(frame(page, phone), Duration.ofSeconds(2));
            PersonAtThePage.press(phone, "button[value=approve]");
            film.add(frame(page, phone), Duration.ofMillis(1200));

            DemoScreen.awaitStatus(page, "Pump released. Fill up!");
            film.add(frame(page, phone), Duration.ofSeconds(4));
        }
        Assertions.assertThat(file).exists();
        Assertions.assertThat(Files.size(file)).isLessThan(MOST_BYTES);
        if (Boolean.getBoolean("it.screenshots")) {
            Files.write(Path.of("../docs/images/demo.gif"), Files.readAllBytes(file));
        }
    }

    @Test
    void requestThatWaitsIsShownAsNoFault(Page page) {
        open(page);
        DemoScreen.press(page, "$20");

        Locator pending = page.locator("#exchanges .pending").first();
        assertThat(pending)
                .hasText(
                        "400 authorization_pending",
                        new LocatorAssertions.HasTextOptions()
                                .setTimeout((double) DemoScreen.SOON.toMillis()));
        MailReader.denies(mailAbout("Pump 4: $20 of gas"));
        DemoScreen.awaitStatus(page, "Denied. The pump stays locked.");
    }

    @Test
    void afterAReportThePageSaysWhatHappenedAndHowToGoOn(Page page) {
        open(page);
        DemoScreen.press(page, "$80");
        MailReader.decides("report", mailAbout("Pump 4: $80 of gas").magicLink());
        DemoScreen.awaitStatus(page, "Denied. The pump stays locked.");
        assertThat(page.locator("#go-on")).containsText("cannot ask her for 15 minutes");

        DemoScreen.press(page, "$80");
        DemoScreen.awaitStatus(page, "Alice is not asked now.");
        BlockedForAWhile.end(page);

        DemoScreen.press(page, "$80");
        DemoScreen.awaitStatus(page, "Waiting for Alice to approve by e-mail");
        assertThat(page.locator("#go-on")).isHidden();
    }

    private void open(Page page) {
        page.navigate("http://127.0.0.1:" + port + "/");
    }

    private static ReceivedMail mailAbout(String message) {
        return REALM.mailbox().await(mail -> mail.text().contains(message), DemoScreen.SOON);
    }

    /** The pump on the left, the phone on the right. */
    private static BufferedImage frame(Page pump, Page phone) throws IOException {
        BufferedImage picture =
                new BufferedImage(WIDTH + PHONE + 20, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        canvas.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.setColor(Color.DARK_GRAY);
        canvas.fillRect(0, 0, picture.getWidth(), HEIGHT);
        canvas.drawImage(read(pump.screenshot()), 0, 0, WIDTH, HEIGHT, null);
        canvas.drawImage(read(phone.screenshot()), WIDTH + 10, 10, PHONE, HEIGHT - 20, null);
        canvas.dispose();
        return picture;
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
