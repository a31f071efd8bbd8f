// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dynamic client registration with the client metadata of CIBA Core §4. */
class ClientRegistrationIT {

    private static final String USER_CODE = "backchannel_user_code_parameter";
    private static final String ATTRIBUTE = "ciba.backchannel.user.code.parameter";

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    @Clause({"4-6", "4-8", "4-9", "4-11"})
    void allMetadataOfCibaIsRegisteredReadAndUsed() {
        ObjectNode metadata =
                ciba().put("backchannel_token_delivery_mode", "poll")
                        .put("backchannel_authentication_request_signing_alg", "ES256")
                        .put(USER_CODE, true);

        JsonNode created = created(metadata);
        Answer read = call("GET", created, null);

        for (JsonNode body : new JsonNode[] {created, read.json()}) {
            assertThat(body.path("backchannel_token_delivery_mode").asText()).isEqualTo("poll");
            assertThat(body.path("backchannel_authentication_request_signing_alg").asText())
                    .isEqualTo("ES256");
            assertThat(body.path(USER_CODE).isBoolean()).isTrue();
            assertThat(body.path(USER_CODE).asBoolean()).isTrue();
        }
        assertThat(attribute(created)).isEqualTo("true");
        assertThat(
                        RelyingParty.of(
                                        REALM.server(),
                                        REALM.name(),
                                        created.path("client_id").asText(),
                                        created.path("client_secret").asText())
                                .poll("00000000-0000-0000-0000-000000000000")
                                .error())
                .isEqualTo("invalid_grant");
    }

    @Test
    @Clause("4-7")
    void pingClientNamesItsNotificationEndpoint() {
        ObjectNode ping =
                ciba().put("backchannel_token_delivery_mode", "ping")
                        .put(
                                "backchannel_client_notification_endpoint",
                                "https://rp.example/ciba/notification");

        assertThat(created(ping).path("backchannel_client_notification_endpoint").asText())
                .isEqualTo("https://rp.example/ciba/notification");

        ping.remove("backchannel_client_notification_endpoint");
        assertThat(register(ping).status()).isEqualTo(400);
    }

    @Test
    @Clause("4-6")
    void pushIsNotOffered() {
        assertThat(register(ciba().put("backchannel_token_delivery_mode", "push")).status())
                .isEqualTo(400);
    }

    @Test
    void updateChangesTheFieldAndLeavingItOutTakesItAway() {
        JsonNode created = created(ciba().put(USER_CODE, true));

        ObjectNode changed = created.deepCopy();
        changed.put(USER_CODE, false);
        JsonNode updated = updated(created, changed);
        assertThat(updated.path(USER_CODE).asBoolean(true)).isFalse();
        assertThat(attribute(created)).isEqualTo("false");

        ObjectNode without = updated.deepCopy();
        without.remove(USER_CODE);
        JsonNode last = updated(updated, without);
        assertThat(last.has(USER_CODE)).isFalse();
        assertThat(attribute(created)).isEmpty();
        assertThat(call("GET", last, null).json().has(USER_CODE)).isFalse();
    }

    @Test
    void clientCannotPutOffADutyThatAnAdminHasGivenIt() {
        JsonNode created = created(ciba().put(USER_CODE, false));
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        created.path("client_id").asText(),
                        client -> client.withObjectProperty("attributes").put(ATTRIBUTE, "true"));

        ObjectNode without = created.deepCopy();
        without.remove(USER_CODE);
        JsonNode updated = updated(created, without);
        assertThat(updated.path(USER_CODE).asBoolean()).isTrue();
        ObjectNode denied = updated.deepCopy();
        denied.put(USER_CODE, false);
        assertThat(updated(updated, denied).path(USER_CODE).asBoolean()).isTrue();
        assertThat(attribute(created)).isEqualTo("true");
    }

    @Test
    void clientIsDeletedAsBefore() {
        JsonNode created = created(ciba().put(USER_CODE, true));

        assertThat(call("DELETE", created, null).status()).isEqualTo(204);
        assertThat(call("GET", created, null).status()).isEqualTo(401);
    }

    @Test
    @Clause("4-9")
    void whoeverDoesNotSendTheFieldNoticesNothing() {
        JsonNode created = created(ciba());

        assertThat(created.has(USER_CODE)).isFalse();
        assertThat(attribute(created)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "no_such_field, true",
        "backchannel_user_code, true",
        "backchannel_user_code_parameter_supported, true"
    })
    void otherUnknownFieldsAreRefusedStill(String field, boolean value) {
        Answer answer = register(ciba().put(USER_CODE, true).put(field, value));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void fieldMustBeABoolean() {
        for (ObjectNode wrong :
                new ObjectNode[] {
                    ciba().put(USER_CODE, "true"),
                    ciba().put(USER_CODE, 1),
                    ciba().set(USER_CODE, JsonNodeFactory.instance.arrayNode())
                }) {
            Answer answer = register(wrong);

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_client_metadata");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "null", ""})
    void whatIsNoObjectIsRefused(String body) {
        Answer answer =
                RelyingParty.exchange(
                        request(REALM.url("/clients-registrations/openid-connect"), token())
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void nobodyReadsOrChangesAnothersClient() {
        JsonNode mine = created(ciba().put(USER_CODE, true));
        JsonNode another = created(ciba());
        ObjectNode withAnothersToken = mine.deepCopy();
        withAnothersToken.set(
                "registration_access_token", another.get("registration_access_token"));

        assertThat(call("GET", withAnothersToken, null).status()).isIn(401, 403);
        ObjectNode change = mine.deepCopy();
        change.put(USER_CODE, false);
        assertThat(call("PUT", withAnothersToken, change).status()).isIn(401, 403);
        assertThat(attribute(mine)).isEqualTo("true");
    }

    private static ObjectNode ciba() {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("client_name", "Registered pump");
        metadata.putArray("grant_types").add(RelyingParty.GRANT_TYPE);
        metadata.putArray("response_types");
        metadata.put("token_endpoint_auth_method", "client_secret_basic");
        return metadata;
    }

    private static JsonNode created(ObjectNode metadata) {
        Answer answer = register(metadata);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static Answer register(ObjectNode metadata) {
        return RelyingParty.exchange(
                request(REALM.url("/clients-registrations/openid-connect"), token())
                        .POST(HttpRequest.BodyPublishers.ofString(metadata.toString()))
                        .build());
    }

    private static JsonNode updated(JsonNode client, ObjectNode metadata) {
        Answer answer = call("PUT", client, metadata);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Answer call(String method, JsonNode client, ObjectNode body) {
        return RelyingParty.exchange(
                request(
                                URI.create(client.path("registration_client_uri").asText()),
                                client.path("registration_access_token").asText())
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private static HttpRequest.Builder request(URI uri, String token) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
    }

    /** An initial access token for one registration. */
    private static String token() {
        ObjectNode one =
                JsonNodeFactory.instance.objectNode().put("count", 1).put("expiration", 60);
        return REALM.admin()
                .call("POST", "/" + REALM.name() + "/clients-initial-access", one)
                .text("token");
    }

    private static String attribute(JsonNode client) {
        return REALM.admin()
                .client(REALM.name(), client.path("client_id").asText())
                .path("attributes")
                .path(ATTRIBUTE)
                .asText("");
    }
}
