// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an admin has said of a client, the client does not unsay, whichever way it registers. */
class AdminsAttributesIT {

    /** Further users are copies of alice. */
    private static final String ALICES_PASSWORD = "alice-password";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.component("ciba-policy", "name", "strict", "expiresIn", "60");
                                realm.addAdmin("registrar", "create-client");
                                realm.addAdmin("client-manager", "manage-clients");
                            });

    private static final Registrations REGISTRATIONS = new Registrations(REALM);

    @Test
    void clientThatUpdatesItsMetadataKeepsThePolicyThatAnAdminGaveIt() {
        JsonNode client = REGISTRATIONS.register();
        giveByAdmin(client, "ciba.policies", "strict");

        Answer updated =
                Registrations.call(
                        "PUT",
                        URI.create(client.path("registration_client_uri").asText()),
                        token(client),
                        Registrations.metadata()
                                .put("client_id", client.path("client_id").asText())
                                .put("client_name", "Another name"));

        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(attributes(client).path("ciba.policies").asText()).isEqualTo("strict");
    }

    /** The token of one registration endpoint is good at the other, whose format has attributes. */
    @ParameterizedTest
    @CsvSource({
        "ciba.policies, ''",
        "ciba.policies, other",
        "ciba.notification-policy, other",
        "ciba.login-hint-token.issuers,"
                + " '{\"https://mallory.example\":\"https://mallory.example\"}'",
        "ciba.number.matching, false",
        "ciba.mail.template, other",
        "ciba.logo, data:image/png;base64,AAAA",
        "ciba.backchannel.user.code.parameter, false",
        "ciba.backchannel.user.code.parameter.registered, true",
        "ciba.what-comes-next, other",
        "resource_url, https://api.example/payments"
    })
    void clientNeitherRemovesNorChangesNorAddsAnAttribute(String name, String value) {
        JsonNode client = REGISTRATIONS.register();
        Answer added = putAttribute(client, token(client), name, value);
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(attributes(client).has(name)).isFalse();

        giveByAdmin(client, name, "by the admin");
        Answer changed = putAttribute(client, added.text("registrationAccessToken"), name, value);

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().path("attributes").path(name).asText())
                .as("the answer says what holds")
                .isEqualTo("by the admin");
        assertThat(attributes(client).path(name).asText()).isEqualTo("by the admin");
    }

    @Test
    void whatIsPassedOverIsAnEvent() {
        JsonNode client = REGISTRATIONS.register();

        putAttribute(client, token(client), "ciba.policies", "other");

        assertThat(REALM.admin().events(REALM.name(), "CLIENT_UPDATE"))
                .anyMatch(
                        event ->
                                event.path("details")
                                        .path("ciba_attributes_passed_over")
                                        .asText()
                                        .equals("ciba.policies"));
    }

    @Test
    void newClientBringsNone() {
        for (String token :
                new String[] {REGISTRATIONS.initialAccessToken(), bearer("registrar")}) {
            Answer created = create(token, "ciba.policies", "strict");

            assertThat(created.status()).as(created.body()).isEqualTo(201);
            assertThat(attributes(created.text("clientId")).has("ciba.policies")).isFalse();
        }
    }

    @Test
    void whatIsTheClientsOwnItMaySay() {
        JsonNode client = REGISTRATIONS.register();

        Answer updated =
                putAttribute(client, token(client), "ciba.backchannel.token.delivery.mode", "poll");

        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(attributes(client).path("ciba.backchannel.token.delivery.mode").asText())
                .isEqualTo("poll");
        assertThat(attributes(client).path("oidc.ciba.grant.enabled").asText()).isEqualTo("true");
    }

    @NeedsKeycloak(value = "26.7.3", because = "before, nobody can tell what the token is for")
    @Test
    void adminWhoMayManageClientsSaysItHereToo() {
        Answer created = create(bearer("client-manager"), "ciba.policies", "strict");

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(attributes(created.text("clientId")).path("ciba.policies").asText())
                .isEqualTo("strict");
    }

    private static Answer create(String token, String attribute, String value) {
        ObjectNode client = Json.object().put("clientId", "new-" + UUID.randomUUID());
        client.putObject("attributes").put(attribute, value);
        return Registrations.call("POST", REGISTRATIONS.endpoint("default"), token, client);
    }

    private static String token(JsonNode client) {
        return client.path("registration_access_token").asText();
    }

    private static Answer putAttribute(JsonNode client, String token, String name, String value) {
        String id = client.path("client_id").asText();
        ObjectNode sent = Json.object().put("clientId", id);
        sent.putObject("attributes").put(name, value);
        return Registrations.call("PUT", REGISTRATIONS.endpointOf(id), token, sent);
    }

    private static void giveByAdmin(JsonNode client, String name, String value) {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        client.path("client_id").asText(),
                        changed -> changed.withObjectProperty("attributes").put(name, value));
    }

    private static JsonNode attributes(JsonNode client) {
        return attributes(client.path("client_id").asText());
    }

    private static JsonNode attributes(String clientId) {
        return REALM.admin().client(REALM.name(), clientId).path("attributes");
    }

    private static String bearer(String username) {
        Form login =
                Form.of("grant_type", "password", "client_id", "admin-cli")
                        .and("username", username)
                        .and("password", ALICES_PASSWORD);
        Answer answer =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(REALM.url("/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(login.encoded()))
                                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("access_token");
    }
}
