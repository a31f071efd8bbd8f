// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.DemoKeys;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.MailReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole protocol, seen by the npm package openid-client, which finds both endpoints in the
 * realm's own discovery document. Runs with {@code -Pclients}.
 */
@EnabledIfSystemProperty(
        named = "it.clients",
        matches = "true",
        disabledReason = "needs Node.js with npm: ./mvnw -Pclients")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NodeRelyingPartyIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(realm -> realm.attribute("ciba.advertise", "true"));

    @BeforeAll
    static void install() {
        NodeRelyingParty.install();
    }

    @ParameterizedTest
    @CsvSource({
        "gas-pump, client_secret_basic",
        "gas-pump-post, client_secret_post",
        "gas-pump-secret-jwt, client_secret_jwt",
        "gas-pump-private-key, private_key_jwt"
    })
    void approvedRequestGetsTokensOnce(String clientId, String method) {
        try (NodeRelyingParty pump = NodeRelyingParty.run(task(clientId, method, "alice"))) {
            String id = pump.says().path("started").path("auth_req_id").asText();
            MailReader.approves(REALM.mailbox().awaitMailFor(id));

            assertThat(pump.says().path("claims").path("sub").asText())
                    .isEqualTo(REALM.userId("alice"));
            assertError(pump.says(), "invalid_grant", 400);
        }
    }

    @Test
    void deniedRequestGetsAccessDenied() {
        try (NodeRelyingParty pump = NodeRelyingParty.run(basic("alice"))) {
            String id = pump.says().path("started").path("auth_req_id").asText();
            MailReader.denies(REALM.mailbox().awaitMailFor(id));

            assertError(pump.says(), "access_denied", 400);
        }
    }

    @Test
    void requestThatNobodyDecidesExpires() {
        ObjectNode task = basic("alice");
        task.withObjectProperty("parameters").put("requested_expiry", "10");
        try (NodeRelyingParty pump = NodeRelyingParty.run(task)) {
            assertThat(pump.says().path("started").path("expires_in").asInt()).isEqualTo(10);

            assertError(pump.says(), "expired_token", 400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "login_hint, nobody, unknown_user_id, 400",
        "login_hint, bob, access_denied, 403",
        "scope, email, invalid_scope, 400",
        "id_token_hint, second.hint.token, invalid_request, 400",
        "requested_expiry, -1, invalid_request, 400"
    })
    void errorsOfTheStartReachTheCaller(String parameter, String value, String error, int status) {
        ObjectNode task = basic("alice");
        task.withObjectProperty("parameters").put(parameter, value);
        try (NodeRelyingParty pump = NodeRelyingParty.run(task)) {
            assertError(pump.says(), error, status);
        }
    }

    @Test
    void bindingMessageThatNobodyCanReadIsRefused() {
        ObjectNode task = basic("alice");
        task.withObjectProperty("parameters").put("binding_message", "line\nbreak");
        try (NodeRelyingParty pump = NodeRelyingParty.run(task)) {
            assertError(pump.says(), "invalid_binding_message", 400);
        }
    }

    @Test
    void wrongSecretIsRefused() {
        try (NodeRelyingParty pump =
                NodeRelyingParty.run(basic("alice").put("secret", "wrong-secret"))) {
            assertThat(pump.says().path("status").asInt()).isEqualTo(401);
        }
    }

    private static void assertError(JsonNode said, String error, int status) {
        assertThat(said.path("error").asText()).as(said.toString()).isEqualTo(error);
        assertThat(said.path("status").asInt()).isEqualTo(status);
    }

    private static ObjectNode basic(String loginHint) {
        return task("gas-pump", "client_secret_basic", loginHint);
    }

    private static ObjectNode task(String clientId, String method, String loginHint) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("issuer", REALM.url("").toString()).put("clientId", clientId);
        task.put("method", method);
        if (method.equals("private_key_jwt")) {
            task.putPOJO("key", DemoKeys.gasPump().toJSONObject());
        } else {
            task.put("secret", REALM.secretOf(clientId));
        }
        task.putObject("parameters").put("scope", "openid").put("login_hint", loginHint);
        return task;
    }
}
