// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Servers;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Each JSON file of {@code realm-config} does what its README says. */
@ResourceLock(RealmConfig.NAMES)
class RealmConfigIT {

    @Test
    void minimalRealmIsEnough() {
        try (ExistingRealm realm =
                ExistingRealm.of(Servers.shared(), RealmConfig.json("ciba-minimal-realm.json"))) {
            Answer started = realm.approve(realm.relyingParty("gas-pump", "gas-pump-secret"));

            assertThat(started.json().path("expires_in").asInt()).isEqualTo(120);
            assertThat(started.json().path("interval").asInt()).isEqualTo(2);
        }
    }

    @Test
    void fullRealmUsesItsFirstPolicy() {
        try (ExistingRealm realm =
                ExistingRealm.of(Servers.shared(), RealmConfig.json("ciba-full-realm.json"))) {
            RelyingParty pump = realm.relyingParty("gas-pump", "gas-pump-secret");

            Answer started = realm.approve(pump);

            assertThat(started.json().path("expires_in").asInt()).isEqualTo(180);
            assertThat(pump.start("nobody", "Pump 4").status())
                    .as("this policy hides who exists")
                    .isEqualTo(200);
        }
    }

    @Test
    @BrowserTest
    void fullRealmAsksForALoginWhereAnotherPolicyIsPicked(Page page) {
        try (ExistingRealm realm =
                ExistingRealm.of(Servers.shared(), RealmConfig.json("ciba-full-realm.json"))) {
            RelyingParty pump = realm.relyingParty("gas-pump", "gas-pump-secret");
            Answer started =
                    pump.start(
                            Form.of("scope", "openid", "login_hint", "alice")
                                    .and("acr_values", "wire-transfer"));
            assertThat(started.json().path("expires_in").asInt()).as(started.body()).isEqualTo(300);

            page.navigate(realm.mailbox().awaitMailFor(started.authReqId()).magicLink().toString());
            page.locator("a:has-text('Sign in'), button:has-text('Sign in')").first().click();
            Policies.awaitTheNextSecond();
            Policies.signIn(page, "alice");

            page.waitForSelector("input[name=number]");
            assertThat(page.locator("button[value=approve]").count()).isZero();
        }
    }

    @Test
    void fullRealmWantsAUserCodeWhereAClientSendsThem() {
        try (ExistingRealm realm =
                ExistingRealm.of(Servers.shared(), RealmConfig.json("ciba-full-realm.json"))) {
            Answer refused =
                    realm.relyingParty("bank-terminal", "bank-terminal-secret")
                            .start("alice", "Wire 4711");

            assertThat(refused.error()).as(refused.body()).isEqualTo("missing_user_code");
        }
    }

    @Test
    void componentFilesGiveAnExistingRealmPolicies() {
        try (ExistingRealm realm = ExistingRealm.plain(Servers.shared(), "ciba-components")) {
            for (ObjectNode component : RealmConfig.components()) {
                Answer created = realm.call("POST", "/components", component);
                assertThat(created.status()).as(created.body()).isEqualTo(201);
            }
            realm.call(
                    "POST", "/partialImport", RealmConfig.json("ciba-client.partial-import.json"));
            realm.clientAttribute("gas-pump", "ciba.policies", "pump");

            Answer started = realm.approve(realm.relyingParty("gas-pump", "gas-pump-secret"));

            assertThat(started.json().path("expires_in").asInt()).isEqualTo(180);
            assertThat(started.json().path("interval").asInt()).isEqualTo(3);
        }
    }

    @Test
    void partialImportGivesAnExistingRealmAClientTwice() {
        try (ExistingRealm realm = ExistingRealm.plain(Servers.shared(), "ciba-client-only")) {
            ObjectNode client = RealmConfig.json("ciba-client.partial-import.json");
            Answer added = realm.call("POST", "/partialImport", client);
            Answer overwritten = realm.call("POST", "/partialImport", client);

            assertThat(added.json().path("added").asInt()).as(added.body()).isEqualTo(1);
            assertThat(overwritten.json().path("overwritten").asInt())
                    .as(overwritten.body())
                    .isEqualTo(1);
            realm.approve(realm.relyingParty("gas-pump", "gas-pump-secret"));
        }
    }

    /** Why policies for an existing realm are component files: this is Keycloak's doing. */
    @Test
    void partialImportLeavesPoliciesOut() {
        try (ExistingRealm realm = ExistingRealm.plain(Servers.shared(), "ciba-no-components")) {
            ObjectNode partial = RealmConfig.json("ciba-client.partial-import.json");
            partial.set("components", RealmConfig.json("ciba-full-realm.json").path("components"));

            Answer imported = realm.call("POST", "/partialImport", partial);

            assertThat(imported.status()).as(imported.body()).isEqualTo(200);
            assertThat(imported.json().path("added").asInt()).isEqualTo(1);
            assertThat(realm.call("GET", "/components", null).json().findValuesAsText("providerId"))
                    .isNotEmpty()
                    .doesNotContain("ciba-policy");
        }
    }

    @Test
    void emptyValueSetsAKeyBackAndAMissingOneLeavesItAsItIs() {
        try (ExistingRealm realm = ExistingRealm.plain(Servers.shared(), "ciba-set-back")) {
            String location = "";
            for (ObjectNode component : RealmConfig.components()) {
                String created = realm.call("POST", "/components", component).header("Location");
                if (component.path("providerId").asText().equals("ciba-policy")) {
                    location = created;
                }
            }
            String path = "/components/" + location.replaceFirst(".*/", "");
            ObjectNode change = (ObjectNode) realm.call("GET", path, null).json();
            change.withObjectProperty("config").removeAll().putArray("interval").add("");

            assertThat(realm.call("PUT", path, change).status()).isEqualTo(204);

            JsonNode config = realm.call("GET", path, null).json().path("config");
            assertThat(config.has("interval")).as(config.toString()).isFalse();
            assertThat(config.path("expiresIn").path(0).asText()).isEqualTo("180");
        }
    }

    @Test
    void readmeNamesEveryFile() throws Exception {
        String readme = Files.readString(RealmConfig.file("README.md"));
        List<String> files;
        try (var entries = Files.list(RealmConfig.file("."))) {
            files = entries.map(path -> path.getFileName().toString()).toList();
        }
        assertThat(files).isNotEmpty().allSatisfy(name -> assertThat(readme).contains(name));
    }
}
