// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.SeenSecrets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** The admin REST API as the server's temporary admin, or as somebody else. */
public final class AdminApi {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final int UNAUTHORIZED = 401;

    /** Fetched anew well before the 60 seconds that an admin's token lives. */
    private static final Duration TOKEN_AGE_LIMIT = Duration.ofSeconds(30);

    private static final Map<KeycloakServer, AdminApi> ADMINS = new ConcurrentHashMap<>();

    private final KeycloakServer server;
    private final Optional<Login> login;
    private String token = "";
    private Instant tokenFrom = Instant.EPOCH;

    private record Login(String realm, String username, String password) {}

    private AdminApi(KeycloakServer server, Optional<Login> login) {
        this.server = server;
        this.login = login;
    }

    /** As the temporary admin; one for all who ask, so that few logins serve a whole run. */
    public static AdminApi of(KeycloakServer server) {
        return ADMINS.computeIfAbsent(server, key -> as(key, "master", "admin", "admin"));
    }

    /** As a user, who has whatever roles the user has. */
    public static AdminApi as(
            KeycloakServer server, String realm, String username, String password) {
        return new AdminApi(server, Optional.of(new Login(realm, username, password)));
    }

    /** As nobody: without a token. */
    public static AdminApi withoutToken(KeycloakServer server) {
        return new AdminApi(server, Optional.empty());
    }

    /** Imports a realm, as {@code POST /admin/realms} does. */
    public void createRealm(JsonNode realm) {
        checked("POST", "", realm);
    }

    public void deleteRealm(String realm) {
        checked("DELETE", "/" + realm, null);
    }

    /** The realm's settings; Keycloak fills in defaults here that are not stored. */
    public JsonNode realm(String realm) {
        return checked("GET", "/" + realm, null).json();
    }

    /**
     * Reads the realm, lets {@code change} change it, and writes it back. The whole, because
     * Keycloak puts its own defaults in the place of CIBA settings that a change leaves out.
     */
    public void updateRealm(String realm, Consumer<ObjectNode> change) {
        ObjectNode whole = realm(realm).deepCopy();
        change.accept(whole);
        checked("PUT", "/" + realm, whole);
    }

    public JsonNode client(String realm, String clientId) {
        return only(
                checked("GET", "/" + realm + "/clients?clientId=" + Form.encoded(clientId), null),
                clientId);
    }

    public void createClient(String realm, ObjectNode client) {
        checked("POST", "/" + realm + "/clients", client);
    }

    /** Reads the client, lets {@code change} change it, and writes it back. */
    public void updateClient(String realm, String clientId, Consumer<ObjectNode> change) {
        ObjectNode client = client(realm, clientId).deepCopy();
        change.accept(client);
        checked("PUT", "/" + realm + "/clients/" + client.path("id").asText(), client);
    }

    public JsonNode user(String realm, String username) {
        String query = "/users?exact=true&username=" + Form.encoded(username);
        return only(checked("GET", "/" + realm + query, null), username);
    }

    public void createUser(String realm, ObjectNode user) {
        checked("POST", "/" + realm + "/users", user);
    }

    /** Reads the user, lets {@code change} change it, and writes it back. */
    public void updateUser(String realm, String username, Consumer<ObjectNode> change) {
        ObjectNode user = user(realm, username).deepCopy();
        change.accept(user);
        checked("PUT", "/" + realm + "/users/" + user.path("id").asText(), user);
    }

    public void deleteUser(String realm, String username) {
        checked(
                "DELETE",
                "/" + realm + "/users/" + user(realm, username).path("id").asText(),
                null);
    }

    /** What the server tells of itself: providers, features, memory. */
    public JsonNode serverInfo() {
        return exchanged("GET", "/admin/serverinfo", null).json();
    }

    /** The newest events of the realm, the newest first. */
    public List<JsonNode> events(String realm) {
        JsonNode events = checked("GET", "/" + realm + "/events?max=1000", null).json();
        return StreamSupport.stream(events.spliterator(), false).toList();
    }

    /** The newest events of one type, for example {@code AUTHREQID_TO_TOKEN_ERROR}. */
    public List<JsonNode> events(String realm, String type) {
        return events(realm).stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    /**
     * Any call of the admin API, sent as it is.
     *
     * @param method the HTTP method
     * @param path what comes after {@code /admin/realms}
     * @param body what to send; null for nothing
     * @return the answer, whatever its status
     */
    public Answer call(String method, String path, JsonNode body) {
        Answer answer = callOnce(method, path, body);
        if (answer.status() != UNAUTHORIZED || login.isEmpty()) {
            return answer;
        }
        // a test has put the server's clock forward
        forgetToken();
        return callOnce(method, path, body);
    }

    private synchronized void forgetToken() {
        tokenFrom = Instant.EPOCH;
    }

    private Answer callOnce(String method, String path, JsonNode body) {
        return exchanged(method, "/admin/realms" + path, body);
    }

    private Answer exchanged(String method, String path, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url(path)).timeout(TIME_LIMIT);
        login.ifPresent(account -> request.header("Authorization", "Bearer " + token(account)));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        return RelyingParty.exchange(request.build());
    }

    private Answer checked(String method, String path, JsonNode body) {
        Answer answer = call(method, path, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException(
                    "%s /admin/realms%s: %d %s"
                            .formatted(method, path, answer.status(), answer.body()));
        }
        return answer;
    }

    private static JsonNode only(Answer found, String name) {
        if (found.json().size() != 1) {
            throw new IllegalStateException(
                    "%d of '%s', not one".formatted(found.json().size(), name));
        }
        return found.json().get(0);
    }

    private synchronized String token(Login account) {
        if (tokenFrom.isBefore(Instant.now().minus(TOKEN_AGE_LIMIT))) {
            URI uri = server.url("/realms/" + account.realm() + "/protocol/openid-connect/token");
            Form login =
                    Form.of(
                            "grant_type",
                            "password",
                            "client_id",
                            "admin-cli",
                            "username",
                            account.username(),
                            "password",
                            account.password());
            HttpRequest request =
                    HttpRequest.newBuilder(uri)
                            .timeout(TIME_LIMIT)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(login.encoded()))
                            .build();
            Answer answer = RelyingParty.exchange(request);
            if (answer.status() != 200) {
                throw new IllegalStateException(
                        "No admin token: " + answer.status() + " " + answer.body());
            }
            token = answer.text("access_token");
            SeenSecrets.add(token);
            tokenFrom = Instant.now();
        }
        return token;
    }
}
