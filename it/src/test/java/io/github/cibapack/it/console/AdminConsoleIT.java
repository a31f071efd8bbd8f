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

/** With the feature {@code declarative-ui} an admin does everything in the admin console. */
@BrowserTest
class AdminConsoleIT {

    private static final String POLICIES = "CIBA policies";
    private static final String NOTIFICATION_POLICIES = "CIBA notification policies";

    /** Has no request pending before the test that counts hers. */
    private static final String NINA = "nina";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(ConsoleAdmin::addTo)
                    .with(realm -> realm.addUser(NINA));

    @Test
    void eachKindOfSettingsHasOnePage(Page page) {
        assertThat(ConsolePage.signIn(page, REALM).navigation(POLICIES))
                .containsOnlyOnce(
                        POLICIES,
                        NOTIFICATION_POLICIES,
                        "CIBA one-time rules",
                        "CIBA rejection handlers")
                .containsSequence(
                        NOTIFICATION_POLICIES,
                        "CIBA one-time rules",
                        POLICIES,
                        "CIBA rejection handlers")
                .noneMatch(entry -> entry.startsWith("ciba-"));
    }

    @Test
    void policyIsCreatedCorrectedEditedAndUsed(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open(POLICIES).create();

        assertThat(console.value("expiresIn")).as("the default").isEqualTo("120");
        assertThat(console.help("expiresIn")).contains("Lifetime of a request in seconds");

        console.fill("name", "pump").fill("expiresIn", "5");
        assertThat(console.save()).contains("Expires in (expiresIn) must be", "10–");

        console.fill("expiresIn", "77").fill("interval", "3").fill("channels", "email,inbox");
        assertThat(console.save()).isEqualTo("Saved successfully");

        console.open(POLICIES);
        assertThat(console.cells("pump")).contains("pump", "1", "email,inbox", "link", "77", "3");
        assertThat(console.columns())
                .containsExactly(
                        "Name",
                        "Version",
                        "Channels",
                        "Approval mode",
                        "Expires in (seconds)",
                        "Interval (seconds)",
                        "Notification policy");

        console.edit("pump").fill("expiresIn", "88");
        assertThat(console.save()).isEqualTo("Saved successfully");

        Answer started = startWith("pump", "alice");
        assertThat(started.json().path("expires_in").asInt()).isEqualTo(88);
        assertThat(started.json().path("interval").asInt()).isEqualTo(3);
        REALM.mailbox().awaitMailFor(started.authReqId());
    }

    @Test
    void nameIsRequired(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open(POLICIES).create();

        assertThat(console.complaint("Required field")).isEqualTo("Required field");
    }

    @Test
    void takenNameIsRefused(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open(POLICIES).create();
        console.fill("name", "once");
        assertThat(console.save()).isEqualTo("Saved successfully");

        console.open(POLICIES).create().fill("name", "once");

        assertThat(console.save()).contains("Name (name)", "there is another name once");
    }

    @Test
    void policyIsDeleted(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open(POLICIES).create();
        console.fill("name", "short-lived");
        assertThat(console.save()).isEqualTo("Saved successfully");

        console.open(POLICIES).delete("short-lived");

        assertThat(REALM.admin().call("GET", "/" + REALM.name() + "/components", null).body())
                .doesNotContain("short-lived");
    }

    @Test
    void notificationPolicyIsCreatedCorrectedEditedAndUsed(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open(NOTIFICATION_POLICIES).create();

        assertThat(console.value("pendingPerUser")).as("the default").isEqualTo("5");
        console.fill("name", "careful").fill("total", "51");
        assertThat(console.save()).contains("Total per day (total) must be", "1–50");

        console.fill("total", "40")
                .fill("pendingPerUser", "2")
                .fill("pendingPerClientAndUser", "2");
        assertThat(console.save()).isEqualTo("Saved successfully");

        console.open(NOTIFICATION_POLICIES);
        assertThat(console.cells("careful")).contains("careful", "user", "40", "2");
        assertThat(console.columns()).startsWith("Name", "Quota type", "Total per day (e-mails)");

        console.edit("careful").fill("pendingPerClientAndUser", "1").fill("pendingPerUser", "1");
        assertThat(console.save()).isEqualTo("Saved successfully");

        console.open(POLICIES)
                .create()
                .fill("name", "limited")
                .fill("notificationPolicy", "careful");
        assertThat(console.save()).isEqualTo("Saved successfully");

        Answer first = startWith("limited", NINA);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        Answer second = startWith("limited", NINA);
        assertThat(second.status()).as("one may be pending").isEqualTo(403);
        assertThat(second.header("Retry-After")).isNotEmpty();
    }

    @Test
    void choiceSwitchAndSecretAreKept(Page page) {
        ConsolePage console = ConsolePage.signIn(page, REALM).open(POLICIES).create();
        console.fill("name", "observed")
                .choose("approvalMode", "login")
                .switchOn("growingSlowDown");
        console.fill("webhookUrl", "https://hooks.example/ciba");
        assertThat(console.save()).contains("Event webhook secret (webhookSecret) is required");
        console.fill("config.webhookSecret", "a-secret-of-the-webhook");
        assertThat(console.save()).isEqualTo("Saved successfully");

        console.open(POLICIES).edit("observed").fill("interval", "4");
        assertThat(console.save()).isEqualTo("Saved successfully");

        String stored = REALM.admin().call("GET", "/" + REALM.name() + "/components", null).body();
        assertThat(stored)
                .contains("\"growingSlowDown\":[\"true\"]", "\"approvalMode\":[\"login\"]")
                .contains("\"webhookSecret\":[\"**********\"]")
                .doesNotContain("a-secret-of-the-webhook");
    }

    /** Starts a request of a client that has been given this policy. */
    private static Answer startWith(String policy, String user) {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        "gas-pump",
                        client ->
                                client.withObjectProperty("attributes")
                                        .put("ciba.policies", policy));
        return REALM.gasPump().start(user, "Pump 4: $50 of gas");
    }
}
