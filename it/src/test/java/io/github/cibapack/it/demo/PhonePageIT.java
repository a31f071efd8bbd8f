// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.page.PersonAtThePage;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.server.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The demo's third page in a browser: a phone rings, and a mail follows. */
@BrowserTest
class PhonePageIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int PORT = FreePort.any();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(realm -> Phone.addTo(realm, PORT));

    private Pump pump;
    private DemoPage demo;

    @BeforeEach
    void openTheDemo() {
        DemoState state = new DemoState();
        REALM.mailbox().onMail(state::mailArrived);
        pump =
                new Pump(
                        REALM.relyingParty(Phone.CLIENT).withListener(state.exchangesOf("phone")),
                        state.displayOf("phone"));
        demo = DemoPage.open(PORT, state, REALM.gasPump().issuer(), Map.of("phone", pump));
    }

    @AfterEach
    void closeTheDemo() {
        demo.close();
        pump.close();
    }

    @Test
    void phoneRingsAtOnceAndItsLinkApproves(Page page) {
        page.navigate("http://127.0.0.1:" + PORT + "/phone");
        press(page, "$50");

        Locator ring = page.locator("#rings a").first();
        assertThat(ring).containsText("Pump 4: $50 of gas", longEnoughForText());
        Page approval = page.context().waitForPage(ring::click);
        PersonAtThePage.press(approval, "button[value=approve]");

        assertThat(page.getByRole(AriaRole.STATUS))
                .hasText(
                        "Pump released. Fill up!",
                        new LocatorAssertions.HasTextOptions()
                                .setTimeout((double) SOON.toMillis()));
    }

    @Test
    void whoDoesNotAnswerThePhoneGetsAMail(Page page) {
        page.navigate("http://127.0.0.1:" + PORT + "/phone");
        press(page, "$20");

        assertThat(page.locator("#mails button").first())
                .isVisible(
                        new LocatorAssertions.IsVisibleOptions()
                                .setTimeout((double) SOON.toMillis()));
        assertThat(page.locator("#rings li")).hasCount(1);
        Assertions.assertThat(REALM.mailbox().all())
                .anyMatch(mail -> mail.text().contains("Pump 4: $20 of gas"));
    }

    @Test
    void callThatIsNotTheServersRingsNowhere() throws Exception {
        HttpRequest forged =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/ring"))
                        .header("X-CIBA-Timestamp", "1795158000")
                        .header("X-CIBA-Signature", "sha256=00")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"forged\"}"))
                        .build();

        int status =
                HttpClient.newHttpClient()
                        .send(forged, HttpResponse.BodyHandlers.discarding())
                        .statusCode();

        Assertions.assertThat(status).isEqualTo(401);
    }

    private static void press(Page page, String amount) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(amount)).click();
    }

    private static LocatorAssertions.ContainsTextOptions longEnoughForText() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout((double) SOON.toMillis());
    }
}
