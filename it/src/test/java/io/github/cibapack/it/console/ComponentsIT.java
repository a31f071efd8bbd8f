// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything that the console does goes through Keycloak's standard REST API as well, without the
 * feature {@code declarative-ui}.
 */
class ComponentsIT {

    private static final String TYPE = "org.keycloak.services.ui.extend.UiPageProvider";

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    void policyIsCreatedReadChangedUsedAndDeleted() {
        Answer created =
                call("POST", "", component("ciba-policy", "name", "rest", "expiresIn", "77"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = created.header("Location").replaceFirst(".*/", "");

        ObjectNode read = (ObjectNode) call("GET", "/" + id, null).json();
        assertThat(read.path("config").path("expiresIn").path(0).asText()).isEqualTo("77");

        read.withObjectProperty("config").putArray("expiresIn").add("88");
        assertThat(call("PUT", "/" + id, read).status()).isEqualTo(204);
        givePolicy("rest");
        Answer started = REALM.gasPump().start("alice", "Pump 4: $50 of gas");
        assertThat(started.json().path("expires_in").asInt()).isEqualTo(88);

        givePolicy("");
        assertThat(call("DELETE", "/" + id, null).status()).isEqualTo(204);
        assertThat(call("GET", "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void notificationPolicyIsCreatedAndListed() {
        Answer created =
                call(
                        "POST",
                        "",
                        component("ciba-notification-policy", "name", "careful", "total", "20"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);

        assertThat(call("GET", "", null).json())
                .anySatisfy(
                        listed -> {
                            assertThat(listed.path("providerId").asText())
                                    .isEqualTo("ciba-notification-policy");
                            assertThat(listed.path("config").path("name").path(0).asText())
                                    .isEqualTo("careful");
                        });
    }

    @Test
    void badValueIsRefusedWithAMessageThatNamesTheField() {
        Answer refused = call("POST", "", component("ciba-policy", "name", "bad", "interval", "0"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorMessage"))
                .isEqualTo("Interval (interval) must be a whole number, 1–60");
    }

    @Test
    void badChangeLeavesThePolicyAsItWas() {
        String id =
                call("POST", "", component("ciba-policy", "name", "steady", "interval", "7"))
                        .header("Location")
                        .replaceFirst(".*/", "");
        ObjectNode read = (ObjectNode) call("GET", "/" + id, null).json();
        read.withObjectProperty("config").putArray("interval").add("61");

        assertThat(call("PUT", "/" + id, read).status()).isEqualTo(400);

        assertThat(call("GET", "/" + id, null).json().path("config").path("interval").path(0))
                .isEqualTo(Json.object().put("x", "7").path("x"));
    }

    @Test
    void secretIsNeverShownAndSurvivesAChange() {
        ObjectNode policy =
                component(
                        "ciba-policy",
                        "name",
                        "observed",
                        "webhookUrl",
                        "https://hooks.example/ciba",
                        "webhookSecret",
                        "a-secret-of-the-webhook");
        String id = call("POST", "", policy).header("Location").replaceFirst(".*/", "");

        JsonNode read = call("GET", "/" + id, null).json();
        assertThat(read.path("config").path("webhookSecret").path(0).asText())
                .isEqualTo("**********");
        assertThat(call("PUT", "/" + id, read).status())
                .as("a policy with a URL and without a secret would be refused")
                .isEqualTo(204);
    }

    @Test
    void partialExportHoldsThePolicies() {
        call("POST", "", component("ciba-policy", "name", "exported", "expiresIn", "99"));

        Answer export = REALM.admin().call("POST", "/" + REALM.name() + "/partial-export", null);

        assertThat(export.status()).isEqualTo(200);
        JsonNode components = export.json().path("components").path(TYPE);
        assertThat(components.toString()).contains("exported", "\"expiresIn\":[\"99\"]");
        for (JsonNode component : components) {
            assertThat(component.path("config").has("realm")).isFalse();
        }
    }

    @Test
    void serverKnowsEachKindOnce() {
        JsonNode known = REALM.admin().serverInfo().path("componentTypes").path(TYPE);

        assertThat(known.findValuesAsText("id"))
                .containsExactlyInAnyOrder(
                        "ciba-policy",
                        "ciba-notification-policy",
                        "ciba-one-time-rule",
                        "ciba-rejection-handler");
    }

    private static Answer call(String method, String path, JsonNode body) {
        return REALM.admin().call(method, "/" + REALM.name() + "/components" + path, body);
    }

    private static ObjectNode component(String providerId, String... settings) {
        ObjectNode component =
                Json.object().put("providerType", TYPE).put("providerId", providerId);
        ObjectNode config = component.putObject("config");
        for (int i = 0; i < settings.length; i += 2) {
            config.putArray(settings[i]).add(settings[i + 1]);
        }
        return component;
    }

    private static void givePolicy(String name) {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        "gas-pump",
                        client ->
                                client.withObjectProperty("attributes").put("ciba.policies", name));
    }
}
