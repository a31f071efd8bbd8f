// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shipped realm JSON, to be changed before it is imported. */
public final class RealmDocument {
    private static final String SETTINGS = "org.keycloak.services.ui.extend.UiPageProvider";

    private static final String LIMITS = "ciba-notification-policy";
    private static final String[] RELAXED = {
        "name", "default",
        "quotaType", "realm",
        "total", "1000000",
        "clientShare", "99",
        "pendingPerUser", "50",
        "pendingPerClientAndUser", "50",
        "growingPauses", "false"
    };

    private ObjectNode json;

    private RealmDocument(ObjectNode json) {
        this.json = json;
    }

    /** The file as it is in the repository. */
    public static RealmDocument shipped() {
        Path file = Workspace.current().realmJson();
        try {
            return new RealmDocument((ObjectNode) Json.MAPPER.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Any other realm. */
    public static RealmDocument of(ObjectNode realm) {
        return new RealmDocument(realm);
    }

    public String name() {
        return json.path("realm").asText();
    }

    /** Another name, also where the document holds names and addresses that Keycloak derives. */
    public RealmDocument named(String name) {
        String renamed =
                json.toString()
                        .replace("default-roles-" + name(), "default-roles-" + name)
                        .replace("/realms/" + name() + "/", "/realms/" + name + "/");
        try {
            json = (ObjectNode) Json.MAPPER.readTree(renamed);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        json.put("realm", name);
        return this;
    }

    /** Sends the realm's mail to this server. */
    public RealmDocument mailTo(String host, int port) {
        json.withObjectProperty("smtpServer").put("host", host).put("port", String.valueOf(port));
        return this;
    }

    /** A realm attribute, for example {@code ciba.channel}. */
    public RealmDocument attribute(String key, String value) {
        json.withObjectProperty("attributes").put(key, value);
        return this;
    }

    /** An attribute of one client, for example {@code ciba.logo}. */
    public RealmDocument clientAttribute(String clientId, String key, String value) {
        client(clientId).withObjectProperty("attributes").put(key, value);
        return this;
    }

    /**
     * Named settings of the pack.
     *
     * @param providerId for example {@code ciba-policy}
     * @param settings key, value, key, value, …
     */
    public RealmDocument component(String providerId, String... settings) {
        ObjectNode component =
                json.withObjectProperty("components").withArrayProperty(SETTINGS).addObject();
        component.put("providerId", providerId);
        ObjectNode config = component.withObjectProperty("config");
        for (int i = 0; i < settings.length; i += 2) {
            config.withArrayProperty(settings[i]).add(settings[i + 1]);
        }
        return this;
    }

    /**
     * A setting of one of the pack's components.
     *
     * @param name the component's own setting {@code name}
     */
    public String setting(String name, String key) {
        for (JsonNode component : json.path("components").path(SETTINGS)) {
            JsonNode config = component.path("config");
            if (config.path("name").path(0).asText().equals(name)) {
                return config.path(key).path(0).asText();
            }
        }
        throw new IllegalArgumentException("No component '%s'".formatted(name));
    }

    /** Without what only a server with the pack understands. */
    public RealmDocument withoutPack() {
        json.withObjectProperty("components").remove(SETTINGS);
        return this;
    }

    /**
     * Gives the realm limits that no test runs into, unless it has a default notification policy: a
     * test that counts says so, and all others ask the same few users again and again.
     */
    public RealmDocument relaxLimits() {
        boolean own =
                json.path("components").findValuesAsText("providerId").stream()
                        .anyMatch(LIMITS::equals);
        return own ? this : component(LIMITS, RELAXED);
    }

    /** The same without a cap of pending requests, for benchmarks. */
    public RealmDocument liftLimits() {
        return component(
                LIMITS,
                Stream.concat(
                                Stream.of(RELAXED),
                                Stream.of(
                                        "pendingPerClient", "100000", "pendingPerRealm", "1000000"))
                        .toArray(String[]::new));
    }

    /**
     * Is imported in a moment: passwords are hashed in one round, and the key is one that was made
     * before. Some hundred realms are imported in a run, and each would cost seconds of processor
     * time.
     */
    public RealmDocument cheap() {
        json.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
        json.put("privateKey", RealmKeys.next());
        return this;
    }

    /** The client with this client id, to be changed in place. */
    public ObjectNode client(String clientId) {
        return entry("clients", "clientId", clientId);
    }

    /** The user with this username, to be changed in place. */
    public ObjectNode user(String username) {
        return entry("users", "username", username);
    }

    /** A further client: confidential, enabled for CIBA, every other grant off. */
    public ObjectNode addClient(String clientId, String secret) {
        ObjectNode added = client("gas-pump-post").deepCopy();
        added.put("clientId", clientId).put("name", clientId).put("secret", secret);
        added.withObjectProperty("attributes")
                .remove("client.secret.authentication.allowed.method");
        json.withArrayProperty("clients").add(added);
        return added;
    }

    /** A further user: enabled, with a verified e-mail address. */
    public ObjectNode addUser(String username) {
        ObjectNode added = user("alice").deepCopy();
        added.put("username", username).put("email", username + "@ciba-demo.example");
        json.withArrayProperty("users").add(added);
        return added;
    }

    /**
     * A further user with roles of the realm's own administration, for example {@code view-users}.
     */
    public ObjectNode addAdmin(String username, String... roles) {
        ObjectNode added = addUser(username);
        ArrayNode list =
                added.withObjectProperty("clientRoles").withArrayProperty("realm-management");
        for (String role : roles) {
            list.add(role);
        }
        return added;
    }

    /** The whole document, for what has no method here. */
    public ObjectNode json() {
        return json;
    }

    private ObjectNode entry(String list, String key, String value) {
        ArrayNode entries = json.withArrayProperty(list);
        for (JsonNode entry : entries) {
            if (entry.path(key).asText().equals(value)) {
                return (ObjectNode) entry;
            }
        }
        throw new IllegalArgumentException("No %s '%s' in %s".formatted(key, value, list));
    }
}
