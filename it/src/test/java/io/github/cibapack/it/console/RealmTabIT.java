// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tab of the realm settings is a copy of the realm's attributes, whoever changes them; here by
 * the REST API, on a server without the feature {@code declarative-ui}.
 */
class RealmTabIT {

    private static final String TYPE = "org.keycloak.services.ui.extend.UiTabProvider";

    @RegisterExtension static final RealmFixture SERVER = RealmFixture.fresh();

    private final String realm = "tab-" + UUID.randomUUID().toString().substring(0, 8);
    private AdminApi admin;

    @BeforeEach
    void createARealm() {
        admin = SERVER.admin();
        RealmDocument document = RealmDocument.shipped().named(realm).cheap();
        document.attribute("ciba.login.client", "")
                .attribute("ciba.hide-users", "true")
                .attribute("ciba.login-hint.forms", "email,phone_number");
        admin.createRealm(document.json());
    }

    @AfterEach
    void deleteIt() {
        admin.deleteRealm(realm);
    }

    @Test
    void firstSavingSetsWhatWasChangedAndTakesOverWhatTheAttributesSay() {
        // a form that knows of no attribute: all it has is defaults, and one client
        create(tab("loginClient", "account", "hideUsers", "false", "idTokenHintMaxAge", "86400"));

        assertThat(attribute("ciba.login.client")).isEqualTo("account");
        assertThat(attribute("ciba.hide-users")).isEqualTo("true");
        assertThat(attribute("ciba.login-hint.forms").split(",\\s*"))
                .containsExactly("email", "phone_number");
        assertThat(attributes().has("ciba.id-token-hint.max-age-after-expiry")).isFalse();
        assertThat(shown("hideUsers")).containsExactly("true");
        assertThat(shown("loginHintForms")).containsExactlyInAnyOrder("email", "phone_number");
    }

    @Test
    void savingChangesTheAttributesAndEmptyRemovesThem() {
        create(tab("loginClient", "account", "channel", "inbox"));
        ObjectNode tab = read();
        ObjectNode config = tab.withObjectProperty("config");
        config.putArray("loginClient").add("");
        config.putArray("channel").add("email");
        config.putArray("hideUsers").add("false");
        config.putArray("loginHintForms").add("username").add("id");
        config.putArray("advertise").add("true");

        Answer saved = update(tab);

        assertThat(saved.status()).as(saved.body()).isEqualTo(204);
        assertThat(attribute("ciba.login.client")).isEmpty();
        assertThat(attribute("ciba.channel")).isEqualTo("email");
        assertThat(attribute("ciba.hide-users")).isEqualTo("false");
        assertThat(attribute("ciba.login-hint.forms").split(",\\s*"))
                .containsExactlyInAnyOrder("username", "id");
        assertThat(attribute("ciba.advertise")).isEqualTo("true");
    }

    @Test
    void attributeThatIsChangedElsewhereIsShownAndNotUndone() {
        create(tab("loginClient", "account", "channel", "inbox"));
        ObjectNode loaded = read();

        admin.updateRealm(
                realm,
                changed ->
                        changed.withObjectProperty("attributes")
                                .put("ciba.channel", "email")
                                .put("ciba.advertise", "true"));

        assertThat(shown("channel")).containsExactly("email");
        assertThat(shown("advertise")).containsExactly("true");
        assertThat(shown("loginClient")).containsExactly("account");
        // saved from a form that was loaded before, with a change of another field
        loaded.withObjectProperty("config").putArray("loginClient").add("security-admin-console");
        assertThat(update(loaded).status()).isEqualTo(204);
        assertThat(attribute("ciba.login.client")).isEqualTo("security-admin-console");
        assertThat(attribute("ciba.advertise")).isEqualTo("true");
    }

    @Test
    void savingWithoutAChangeLeavesEachAttributeInItsOwnForm() {
        admin.updateRealm(
                realm,
                changed ->
                        changed.withObjectProperty("attributes")
                                .put("ciba.login.client", "account")
                                .put("ciba.channel", " inbox")
                                .put("ciba.login-hint.forms", "phone_number,EMAIL")
                                .put("ciba.id-token-hint.max-age-after-expiry", "03600"));
        JsonNode before = attributes();

        create(tab("loginClient", "account", "hideUsers", "false"));
        assertThat(attributes()).isEqualTo(before);

        Answer saved = update(read());
        assertThat(saved.status()).as(saved.body()).isEqualTo(204);
        assertThat(attributes()).isEqualTo(before);
    }

    /** An attribute is refused where it is used, and never keeps an admin from saving the realm. */
    @Test
    void invalidAttributeIsShownAndRefusedWhenTheTabIsSaved() {
        create(tab("loginClient", "account"));

        admin.updateRealm(
                realm,
                changed -> changed.withObjectProperty("attributes").put("ciba.channel", "sms"));

        assertThat(shown("channel")).containsExactly("sms");
        Answer refused = update(read());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorMessage"))
                .isEqualTo("Channel (channel) must be one of email, http, inbox");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loginClient|nobody|Login client (loginClient) must be an enabled OpenID Connect"
                        + " client with the standard flow",
                "loginClient|gas-pump|Login client (loginClient) must be an enabled OpenID Connect"
                        + " client with the standard flow",
                "channel|sms|Channel (channel) must be one of email, http, inbox",
                "loginHintForms|nickname|Forms of a login_hint (loginHintForms) must be one of"
                        + " username, email, id, iss_sub, opaque, phone_number, account",
                "idTokenHintMaxAge|-1|Expired ID tokens as hints (idTokenHintMaxAge) must be a"
                        + " whole number, 0–31536000",
            })
    void wrongValueIsRefusedByName(String key, String value, String message) {
        Answer refused = admin.call("POST", "/" + realm + "/components", tab(key, value));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorMessage")).isEqualTo(message);
        assertThat(attribute("ciba.login.client")).isEmpty();
    }

    @Test
    void realmHasOneTab() {
        create(tab("loginClient", "account"));

        Answer second = admin.call("POST", "/" + realm + "/components", tab("channel", "email"));

        assertThat(second.status()).isEqualTo(400);
        assertThat(attribute("ciba.login.client")).isEqualTo("account");
    }

    @Test
    void removedTabLeavesTheAttributes() {
        create(tab("loginClient", "account"));

        admin.call("DELETE", "/" + realm + "/components/" + read().path("id").asText(), null);

        assertThat(attribute("ciba.login.client")).isEqualTo("account");
    }

    @Test
    void exportedRealmIsImportedWithItsTabWhoseAttributesHold() {
        create(tab("loginClient", "account", "channel", "inbox"));
        JsonNode exported =
                admin.call("POST", "/" + realm + "/partial-export", null)
                        .json()
                        .path("components")
                        .path(TYPE);
        assertThat(exported.toString()).contains("ciba-realm", "account");
        admin.deleteRealm(realm);
        RealmDocument document = RealmDocument.shipped().named(realm).cheap();
        document.attribute("ciba.login.client", "account").attribute("ciba.channel", "email");
        document.json().withObjectProperty("components").set(TYPE, exported);

        admin.createRealm(document.json());

        assertThat(shown("channel")).containsExactly("email");
        assertThat(attribute("ciba.channel")).isEqualTo("email");
        assertThat(shown("loginClient")).containsExactly("account");
    }

    private void create(ObjectNode tab) {
        Answer created = admin.call("POST", "/" + realm + "/components", tab);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    private Answer update(ObjectNode tab) {
        return admin.call("PUT", "/" + realm + "/components/" + tab.path("id").asText(), tab);
    }

    private ObjectNode read() {
        JsonNode tabs = admin.call("GET", "/" + realm + "/components?type=" + TYPE, null).json();
        assertThat(tabs).hasSize(1);
        return tabs.get(0).deepCopy();
    }

    private String[] shown(String key) {
        JsonNode values = read().path("config").path(key);
        String[] texts = new String[values.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = values.get(i).asText();
        }
        return texts;
    }

    private JsonNode attributes() {
        return admin.realm(realm).path("attributes");
    }

    private String attribute(String name) {
        return attributes().path(name).asText();
    }

    private static ObjectNode tab(String... settings) {
        ObjectNode tab = Json.object().put("providerType", TYPE).put("providerId", "ciba-realm");
        ObjectNode config = tab.putObject("config");
        for (int i = 0; i < settings.length; i += 2) {
            config.putArray(settings[i]).add(settings[i + 1]);
        }
        return tab;
    }
}
