// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.removal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One database through three servers: with the JAR, without it, with it again. What {@code
 * docs/upgrade-and-removal.md} says of the time without. The database is a file, which a container
 * would not share.
 */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the database file is on this machine, not in the container")
@TestMethodOrder(OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OwnServer
class RemovalIT {

    private static final String REALM = "removal";

    /** A realm that its admin takes off the pack for good, while the other one waits for it. */
    private static final String CLEARED = "cleared";

    private static final String TYPE = "org.keycloak.services.ui.extend.UiPageProvider";
    private static final String TAB = "org.keycloak.services.ui.extend.UiTabProvider";
    private static final String CODE = "removal-user-code";

    @TempDir private static Path directory;

    private final Mailbox mailbox = Mailbox.start();
    private KeycloakServer server;

    @BeforeAll
    void makeRealmsThatUseEverything() {
        start(options());
        SeenSecrets.add(CODE);
        for (String realm : new String[] {REALM, CLEARED}) {
            AdminApi.of(server).createRealm(realm(realm).json());
            okIn(realm, "POST", "/authentication/register-required-action", userCodeAction());
            okIn(realm, "POST", "/components", tab());
            okIn(
                    realm,
                    "PUT",
                    "/ciba/users/" + alice(realm) + "/user-code",
                    Json.object().put("value", CODE));
            String client = AdminApi.of(server).client(realm, "gas-pump").path("id").asText();
            okIn(realm, "POST", "/clients/" + client + "/protocol-mappers/models", mapper());
        }
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
        mailbox.close();
    }

    @Test
    @Order(1)
    void packIsInUse() {
        Answer started = pump().start("alice", "Pump 4: $50 of gas");
        assertThat(started.json().path("expires_in").asInt()).as(started.body()).isEqualTo(180);
        ApprovalForm.decide(mailbox.awaitMailFor(started.authReqId()).magicLink(), "approve");
        assertThat(pump().pollUntilDecided(started).status()).isEqualTo(200);
        assertThat(pump().start("alice", "still pending when the server stops").status())
                .isEqualTo(200);
    }

    /** What the documentation advises before a removal for good. */
    @Test
    @Order(2)
    void adminClearsARealm() {
        for (JsonNode kind : new JsonNode[] {policies(CLEARED), tabs(CLEARED)}) {
            for (JsonNode component : kind) {
                okIn(CLEARED, "DELETE", "/components/" + component.path("id").asText(), null);
            }
        }
        okIn(CLEARED, "DELETE", "/authentication/required-actions/ciba-user-code", null);
        okIn(CLEARED, "DELETE", "/ciba/users/" + alice(CLEARED) + "/user-code", null);
        AdminApi admin = AdminApi.of(server);
        for (String client : new String[] {"gas-pump", "gas-pump-post"}) {
            admin.updateClient(
                    CLEARED,
                    client,
                    changed -> {
                        ObjectNode attributes = changed.withObjectProperty("attributes");
                        attributes.properties().stream()
                                .map(Map.Entry::getKey)
                                .filter(name -> name.startsWith("ciba."))
                                .toList()
                                .forEach(name -> attributes.put(name, ""));
                        changed.putArray("protocolMappers");
                    });
        }

        assertThat(policies(CLEARED)).isEmpty();
        assertThat(tabs(CLEARED)).isEmpty();
    }

    /** First after the start: what the log says until then is not of the other realm. */
    @Test
    @Order(3)
    void withoutTheJarNothingIsLeftInARealmThatWasCleared() {
        restart(options().withoutPack());

        assertThat(policies(CLEARED)).isEmpty();
        assertThat(tabs(CLEARED)).isEmpty();
        Answer export = callIn(CLEARED, "POST", "/partial-export?exportClients=true", null);
        assertThat(export.status()).as(export.body()).isEqualTo(200);
        assertThat(export.body())
                .doesNotContain("ciba-policy", "ciba-request-mapper", "\"ciba.policies\"");
        assertThat(okIn(CLEARED, "GET", "/users/" + alice(CLEARED) + "/credentials", null).body())
                .doesNotContain("ciba-user-code");
        assertThat(signIn(CLEARED).status()).isEqualTo(200);
        assertThat(server.logs()).doesNotContain("ciba-user-code", "Failed to get component");
    }

    @Test
    @Order(4)
    void withoutTheJarTheServerStartsAndPeopleSignIn() {
        assertThat(AdminApi.of(server).realm(REALM).path("enabled").asBoolean()).isTrue();
        Answer tokens = signIn(REALM);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("access_token")).isNotEmpty();
    }

    @Test
    @Order(5)
    void withoutTheJarCibaIsKeycloaksOwn() {
        Answer documented = pump().start("alice", "Pump 4");
        Answer own =
                pump().atKeycloakEndpoints()
                        .start(Form.of("scope", "openid", "login_hint", "nobody"));

        assertThat(documented.status()).isEqualTo(404);
        assertThat(own.error()).as(own.body()).isEqualTo("invalid_request");
    }

    @Test
    @Order(6)
    void withoutTheJarAdminsCanStillWork() {
        AdminApi admin = AdminApi.of(server);
        admin.updateRealm(REALM, realm -> realm.put("displayName", "Without the pack"));
        admin.updateClient(REALM, "gas-pump", client -> client.put("description", "changed"));
        admin.updateUser(REALM, "alice", user -> user.put("firstName", "Alicia"));

        ok("GET", "/authentication/required-actions", null);
        JsonNode credentials = ok("GET", "/users/" + alice(REALM) + "/credentials", null).json();
        assertThat(credentials.findValuesAsText("type")).contains("password", "ciba-user-code");
        assertThat(policies(REALM).toString()).contains("pump", "careful", "unwanted");
    }

    /** Keycloak's doing: nobody tells it which values are secret. */
    @Test
    @Order(7)
    void withoutTheJarAdminsSeeSecretsAndCannotExport() {
        assertThat(policies(REALM).toString()).contains("a-secret-of-the-webhook");
        assertThat(callIn(REALM, "POST", "/partial-export", null).status()).isEqualTo(500);
    }

    @Test
    @Order(8)
    void withoutTheJarARealmWithPoliciesIsRefused() {
        Answer refused = AdminApi.of(server).call("POST", "", realm("with-policies").json());

        assertThat(refused.status()).as(refused.body()).isGreaterThanOrEqualTo(400);
    }

    @Test
    @Order(9)
    void withoutTheJarPoliciesCanBeDeleted() {
        for (JsonNode policy : policies(REALM)) {
            if (policy.toString().contains("unwanted")) {
                ok("DELETE", "/components/" + policy.path("id").asText(), null);
            }
        }

        assertThat(policies(REALM).toString())
                .contains("pump", "careful")
                .doesNotContain("unwanted");
    }

    @Test
    @Order(10)
    void withTheJarAgainEverythingIsAsItWas() {
        restart(options());

        assertThat(policies(REALM).toString())
                .contains("pump", "careful")
                .doesNotContain("a-secret-of-the-webhook");
        assertThat(tabs(REALM).findValuesAsText("providerId")).containsExactly("ciba-realm");
        assertThat(AdminApi.of(server).realm(REALM).at("/attributes/ciba.channel").asText())
                .isEqualTo("email");
        Answer started = pump().start("alice", "Pump 4: $50 of gas");
        assertThat(started.json().path("expires_in").asInt()).as(started.body()).isEqualTo(180);
        ApprovalForm.decide(mailbox.awaitMailFor(started.authReqId()).magicLink(), "approve");
        assertThat(pump().pollUntilDecided(started).status()).isEqualTo(200);
        Answer coded =
                codedPump()
                        .start(
                                Form.of("scope", "openid", "login_hint", "alice")
                                        .and("user_code", CODE));
        assertThat(coded.status()).as(coded.body()).isEqualTo(200);
        assertThat(AdminApi.of(server).client(REALM, "gas-pump").toString())
                .contains("ciba-request-mapper");
    }

    private static ServerOptions options() {
        return ServerOptions.defaults().withDatabaseIn(directory.resolve("keycloak"));
    }

    private RealmDocument realm(String name) {
        return RealmDocument.shipped()
                .named(name)
                .cheap()
                .mailTo("127.0.0.1", mailbox.port())
                .component("ciba-policy", "name", "pump", "expiresIn", "180")
                .component(
                        "ciba-policy",
                        "name",
                        "unwanted",
                        "webhookUrl",
                        "https://hooks.example/ciba",
                        "webhookSecret",
                        "a-secret-of-the-webhook")
                .component("ciba-notification-policy", "name", "careful", "total", "20")
                .clientAttribute("gas-pump", "ciba.policies", "pump")
                .clientAttribute("gas-pump-post", "ciba.backchannel.user.code.parameter", "true");
    }

    private static ObjectNode tab() {
        ObjectNode tab = Json.object().put("providerType", TAB).put("providerId", "ciba-realm");
        tab.putObject("config").putArray("channel").add("email");
        return tab;
    }

    private static ObjectNode userCodeAction() {
        return Json.object().put("providerId", "ciba-user-code").put("name", "Code for requests");
    }

    private static ObjectNode mapper() {
        ObjectNode mapper =
                Json.object()
                        .put("name", "request")
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "ciba-request-mapper");
        mapper.putObject("config").put("id.token.claim", "true");
        return mapper;
    }

    private void start(ServerOptions options) {
        server = Servers.start(options);
    }

    private void restart(ServerOptions options) {
        server.close();
        start(options);
    }

    private RelyingParty pump() {
        return RelyingParty.of(server, REALM, "gas-pump", "gas-pump-secret");
    }

    private RelyingParty codedPump() {
        return RelyingParty.of(server, REALM, "gas-pump-post", "gas-pump-post-secret")
                .withSecretInBody();
    }

    /** Keycloak's own login, by password. */
    private Answer signIn(String realm) {
        RelyingParty publicClient =
                RelyingParty.of(server, realm, "admin-cli", "")
                        .withoutSecret()
                        .atKeycloakEndpoints();
        return publicClient.send(
                publicClient.tokenEndpoint(),
                Form.of(
                        "grant_type",
                        "password",
                        "username",
                        "alice",
                        "password",
                        "alice-password"));
    }

    private String alice(String realm) {
        return AdminApi.of(server).user(realm, "alice").path("id").asText();
    }

    private JsonNode policies(String realm) {
        return okIn(realm, "GET", "/components?type=" + TYPE, null).json();
    }

    private JsonNode tabs(String realm) {
        return okIn(realm, "GET", "/components?type=" + TAB, null).json();
    }

    private Answer ok(String method, String path, JsonNode body) {
        return okIn(REALM, method, path, body);
    }

    private Answer okIn(String realm, String method, String path, JsonNode body) {
        Answer answer = callIn(realm, method, path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
        return answer;
    }

    private Answer callIn(String realm, String method, String path, JsonNode body) {
        return AdminApi.of(server).call(method, "/" + realm + path, body);
    }
}
