// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which settings hold for a client, and who says so. */
class ClientSettingsIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ClientSettingsIT::prepare);

    /** A realm that says a few things itself. */
    @RegisterExtension
    static final RealmFixture OUTSPOKEN =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("ciba.channel", "email");
                                realm.attribute("ciba.hide-users", "true");
                                realm.attribute("cibaExpiresIn", "300");
                                realm.attribute("cibaInterval", "7");
                                realm.component(
                                        "ciba-notification-policy",
                                        "name",
                                        "default",
                                        "total",
                                        "9");
                            });

    private static void prepare(RealmDocument realm) {
        realm.component(
                "ciba-policy",
                "name",
                "quick",
                "expiresIn",
                "60",
                "channels",
                "email",
                "webhookUrl",
                "https://hooks.example/ciba",
                "webhookSecret",
                "sixteen-characters-long",
                "notificationPolicy",
                "few");
        realm.component("ciba-policy", "name", "slow", "interval", "9");
        realm.component("ciba-notification-policy", "name", "few", "total", "5");
        realm.component("ciba-notification-policy", "name", "fewer", "total", "3");
        realm.addClient("listed", "listed-secret");
        realm.clientAttribute("listed", "ciba.policies", "quick, slow");
        realm.addClient("limited", "limited-secret");
        realm.clientAttribute("limited", "ciba.policies", "quick");
        realm.clientAttribute("limited", "ciba.notification-policy", "fewer");
        realm.clientAttribute("limited", "ciba.logo", "data:image/png;base64," + "A".repeat(999));
        realm.addClient("lost", "lost-secret");
        realm.clientAttribute("lost", "ciba.policies", "gone");
        realm.addClient("unlimited", "unlimited-secret");
        realm.clientAttribute("unlimited", "ciba.notification-policy", "gone");
    }

    @Test
    void clientThatNamesNoPolicyHasTheBuiltInOne() {
        JsonNode settings = settings(REALM, "gas-pump", "");

        assertThat(settings.path("client").asText()).isEqualTo("gas-pump");
        assertThat(settings.path("cibaEnabled").asBoolean()).isTrue();
        assertThat(settings.path("policies")).isEmpty();
        assertValue(settings.path("policy"), "default", "built_in", null);
        assertValue(setting(settings, "expiresIn"), "120", "built_in", null);
        assertValue(setting(settings, "interval"), "2", "built_in", null);
        assertValue(setting(settings, "channels"), "email", "built_in", null);
        assertValue(setting(settings, "hideUsers"), "false", "built_in", null);
        assertThat(setting(settings, "webhookUrl").has("value")).isFalse();
        assertThat(settings.path("problems")).isEmpty();
    }

    @Test
    void realmsOwnWordWinsOverTheBuiltInOne() {
        JsonNode settings = settings(OUTSPOKEN, "gas-pump", "");

        assertValue(setting(settings, "expiresIn"), "300", "realm_setting", "cibaExpiresIn");
        assertValue(setting(settings, "interval"), "7", "realm_setting", "cibaInterval");
        assertValue(setting(settings, "channels"), "email", "realm_attribute", "ciba.channel");
        assertValue(setting(settings, "hideUsers"), "true", "realm_attribute", "ciba.hide-users");
        assertValue(
                settings.path("notificationPolicy"), "default", "notification_policy", "default");
        assertValue(limit(settings, "total"), "9", "notification_policy", "default");
        assertValue(limit(settings, "pendingPerUser"), "5", "built_in", null);
    }

    @Test
    void firstPolicyOfTheListIsTheDefaultAndSaysWhatItSets() {
        JsonNode settings = settings(REALM, "listed", "");

        assertThat(settings.path("policies"))
                .extracting(JsonNode::asText)
                .containsExactly("quick", "slow");
        assertValue(settings.path("policy"), "quick", "client_attribute", "ciba.policies");
        assertValue(setting(settings, "expiresIn"), "60", "ciba_policy", "quick");
        assertValue(setting(settings, "channels"), "email", "ciba_policy", "quick");
        assertValue(setting(settings, "interval"), "2", "built_in", null);
        assertValue(settings.path("notificationPolicy"), "few", "ciba_policy", "quick");
        assertValue(limit(settings, "total"), "5", "notification_policy", "few");
    }

    @Test
    void requestCanPickAnotherPolicyOfTheList() {
        JsonNode settings = settings(REALM, "listed", "?acr_values=gold%20slow");

        assertValue(settings.path("policy"), "slow", "request", "acr_values");
        assertValue(setting(settings, "interval"), "9", "ciba_policy", "slow");
    }

    @Test
    void policyThatIsNotOnTheListIsAProblem() {
        JsonNode settings = settings(REALM, "limited", "?acr_values=slow");

        assertThat(settings.path("problems").toString()).contains("not on the client's list");
        assertThat(settings.has("settings")).isFalse();
    }

    @Test
    void clientsNotificationPolicyWins() {
        JsonNode settings = settings(REALM, "limited", "");

        assertValue(
                settings.path("notificationPolicy"),
                "fewer",
                "client_attribute",
                "ciba.notification-policy");
        assertThat(settings.at("/attributes/ciba.notification-policy").asText()).isEqualTo("fewer");
    }

    @Test
    void secretsAreMaskedAndPicturesCut() {
        assertThat(setting(settings(REALM, "listed", ""), "webhookSecret").path("value").asText())
                .isEqualTo("**********");
        assertThat(settings(REALM, "limited", "").path("attributes").path("ciba.logo").asText())
                .hasSize(257)
                .startsWith("data:image/png")
                .endsWith("…");
    }

    @Test
    void policyThatIsNotThereIsAProblem() {
        assertThat(settings(REALM, "lost", "").path("problems").toString())
                .contains("ciba.policies")
                .contains("does not exist");
        JsonNode unlimited = settings(REALM, "unlimited", "");
        assertThat(unlimited.path("problems").toString()).contains("ciba.notification-policy");
        assertThat(unlimited.path("settings")).isNotEmpty();
        assertThat(unlimited.has("notificationSettings")).isFalse();
    }

    private static JsonNode settings(RealmFixture realm, String clientId, String query) {
        String id = realm.admin().client(realm.name(), clientId).path("id").asText();
        Answer answer = AdminCalls.in(realm).get("clients/" + id + "/settings" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode setting(JsonNode settings, String key) {
        return named(settings.path("settings"), key);
    }

    private static JsonNode limit(JsonNode settings, String key) {
        return named(settings.path("notificationSettings"), key);
    }

    private static JsonNode named(JsonNode list, String key) {
        return AdminCalls.stream(list)
                .filter(value -> value.path("key").asText().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is not in " + list));
    }

    private static void assertValue(JsonNode value, String text, String level, String source) {
        assertThat(value.path("value").asText()).as(value.toString()).isEqualTo(text);
        assertThat(value.path("level").asText()).as(value.toString()).isEqualTo(level);
        assertThat(value.path("source").asText(null)).as(value.toString()).isEqualTo(source);
    }
}
