// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What belongs to a client or to the realm is set in the console, without an attribute. */
@BrowserTest
class CibaTabIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().sharing(HttpsServer::shared).with(ConsoleAdmin::addTo);

    @Test
    void loginClientAndChannelOfTheRealmAreSetInATab(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).openRealmTab("CIBA settings");
        console.pick("loginClient", "account-console").choose("channel", "inbox");
        assertThat(console.save()).isEqualTo("Saved successfully");

        assertThat(attribute("ciba.login.client")).isEqualTo("account-console");
        assertThat(attribute("ciba.channel")).isEqualTo("inbox");

        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("attributes")
                                        .put("ciba.channel", "email")
                                        .put("ciba.hide-users", "true"));
        console = console.openRealmTab("CIBA settings");
        assertThat(console.chosen("channel")).isEqualTo("email");
        assertThat(console.isOn("hideUsers")).isTrue();
        console.switchOn("hideUsers");
        assertThat(console.save()).isEqualTo("Saved successfully");
        assertThat(attribute("ciba.hide-users")).isEqualTo("false");
        assertThat(attribute("ciba.login.client")).isEqualTo("account-console");
    }

    @Test
    void clientsOfAPolicyAreItsListAndARequestUsesIt(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open("CIBA policies").create();
        console.fill("name", "listed").fill("expiresIn", "66").fill("config.clients0", "gas-pumb");
        assertThat(console.save()).contains("there is no client 'gas-pumb'");
        console.fill("config.clients0", "gas-pump").fill("notificationPolicy", "careful");
        assertThat(console.save())
                .contains("Notification policy (notificationPolicy) must be one of", "default");
        console.fill("notificationPolicy", "default").choose("allowedHints", "login_hint");
        assertThat(console.save()).isEqualTo("Saved successfully");

        Answer started = REALM.gasPump().start("alice", "Pump 4: $50 of gas");

        assertThat(started.json().path("expires_in").asInt()).as(started.body()).isEqualTo(66);
    }

    private static String attribute(String name) {
        return REALM.admin().realm(REALM.name()).path("attributes").path(name).asText();
    }
}
