// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client changes of itself after the approval is not what the user has approved. */
class ClientChangedIT {
    private static final String USER = "ines";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser(USER);
                                realm.relaxLimits();
                            });

    private static final Registrations REGISTRATIONS = new Registrations(REALM);

    /** What changes the tokens of a client. */
    private enum Change {
        ALL_ROLES_OF_THE_USER {
            @Override
            void in(ObjectNode client) {
                client.put("fullScopeAllowed", true);
            }
        },
        ROLE_FOR_EVERY_USER {
            @Override
            void in(ObjectNode client) {
                client.putArray("defaultRoles").add("owner");
            }
        },
        CLAIM {
            @Override
            void in(ObjectNode client) {
                client.putArray("protocolMappers")
                        .addObject()
                        .put("name", "address")
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "oidc-usermodel-property-mapper")
                        .putObject("config")
                        .put("user.attribute", "email")
                        .put("claim.name", "address")
                        .put("access.token.claim", "true");
            }
        };

        abstract void in(ObjectNode client);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL_ROLES_OF_THE_USER, false",
        "ROLE_FOR_EVERY_USER, false",
        "CLAIM, false",
        "ALL_ROLES_OF_THE_USER, true",
        "ROLE_FOR_EVERY_USER, true",
        "CLAIM, true"
    })
    void whatItGivesItselfIsNotGranted(Change change, boolean atKeycloaksEndpoints) {
        JsonNode client = registeredWithFewRoles();
        RelyingParty pump = relyingParty(client, atKeycloaksEndpoints);
        Answer started = approved(pump);

        changeItself(client, change::in);

        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(400);
        assertThat(tokens.error()).isEqualTo("invalid_grant");
        assertThat(REALM.admin().events(REALM.name()))
                .filteredOn(event -> event.path("clientId").asText().equals(pump.clientId()))
                .extracting((JsonNode event) -> event.path("error").asText())
                .contains("client_changed");
        assertThat(pump.poll(started.authReqId()).error())
                .as("the request is used up")
                .isEqualTo("invalid_grant");
        assertThat(pump.poll(approved(pump).authReqId()).status())
                .as("a new approval is one of the client as it is now")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatDoesNotTouchTheTokensStopsNothing(boolean atKeycloaksEndpoints) {
        JsonNode client = registeredWithFewRoles();
        RelyingParty pump = relyingParty(client, atKeycloaksEndpoints);
        Answer started = approved(pump);

        changeItself(
                client,
                changed -> {
                    changed.put("name", "Another name").put("description", "New");
                    changed.putArray("redirectUris").add("https://rp.example/cb");
                });
        addRoleByAdmin(pump.clientId());
        renameMapperOfSharedScope("email", "at keycloak: " + atKeycloaksEndpoints);

        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    private static JsonNode registeredWithFewRoles() {
        JsonNode client = REGISTRATIONS.register();
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        client.path("client_id").asText(),
                        changed -> changed.put("fullScopeAllowed", false));
        return client;
    }

    private static RelyingParty relyingParty(JsonNode client, boolean atKeycloaksEndpoints) {
        RelyingParty pump =
                RelyingParty.of(
                        REALM.server(),
                        REALM.name(),
                        client.path("client_id").asText(),
                        client.path("client_secret").asText());
        return atKeycloaksEndpoints ? pump.atKeycloakEndpoints() : pump;
    }

    private static Answer approved(RelyingParty pump) {
        // the id that the mail shows is not the one that Keycloak's own endpoint answers with
        String message = UUID.randomUUID().toString();
        Answer started = pump.start(USER, message);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ApprovalForm.decide(
                REALM.mailbox()
                        .await(mail -> mail.mentions(message), Duration.ofSeconds(20))
                        .magicLink(),
                "approve");
        return started;
    }

    private static void changeItself(JsonNode client, Consumer<ObjectNode> change) {
        String clientId = client.path("client_id").asText();
        ObjectNode sent = Json.object().put("clientId", clientId);
        change.accept(sent);
        Answer changed =
                Registrations.call(
                        "PUT",
                        REGISTRATIONS.endpointOf(clientId),
                        client.path("registration_access_token").asText(),
                        sent);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private static void addRoleByAdmin(String clientId) {
        String id = REALM.admin().client(REALM.name(), clientId).path("id").asText();
        call("POST", "/clients/" + id + "/roles", Json.object().put("name", "reader"));
    }

    private static void renameMapperOfSharedScope(String scopeName, String newName) {
        for (JsonNode scope : call("GET", "/client-scopes", null).json()) {
            if (scope.path("name").asText().equals(scopeName)) {
                String mappers =
                        "/client-scopes/" + scope.path("id").asText() + "/protocol-mappers/models";
                ObjectNode mapper = (ObjectNode) call("GET", mappers, null).json().get(0);
                call(
                        "PUT",
                        mappers + "/" + mapper.path("id").asText(),
                        mapper.put("name", newName));
            }
        }
    }

    private static Answer call(String method, String path, JsonNode body) {
        Answer answer = REALM.admin().call(method, "/" + REALM.name() + path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
        return answer;
    }
}
