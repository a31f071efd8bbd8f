// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import java.util.List;

/** Client scopes, roles and organizations of a test's realm, made as an admin makes them. */
public final class Scopes {

    static final String CLIENT = "gas-pump";

    private final RealmFixture realm;

    /** Of this realm. */
    public Scopes(RealmFixture realm) {
        this.realm = realm;
    }

    /** A scope that a client may ask for. */
    public void optional(String name, String... attributes) {
        assign("optional", make(name, attributes));
    }

    /** A scope that a client gets whatever it asks for. */
    void byDefault(String name, String... attributes) {
        assign("default", make(name, attributes));
    }

    /** The clients lose an optional scope, which stays in the realm. */
    void take(String name) {
        change("DELETE", "optional", id(name));
    }

    void giveBack(String name) {
        assign("optional", id(name));
    }

    /** As an admin deletes it. */
    void remove(String name) {
        call("DELETE", "/client-scopes/" + id(name), null);
    }

    /** A scope with a parameter (feature {@code parameterized-scopes}). */
    void parameterized(String name, String type, String... attributes) {
        String id = make(name, attributes);
        String path = "/client-scopes/" + id;
        ObjectNode scope = (ObjectNode) call("GET", path, null).json();
        scope.withObjectProperty("attributes")
                .put("is.parameterized.scope", "true")
                .put("parameterized.scope.type", type);
        call("PUT", path, scope);
        assign("optional", id);
    }

    void role(String name) {
        call("POST", "/roles", Json.object().put("name", name));
    }

    /** Only users with the role get the scope. */
    void restrict(String scope, String role) {
        role(role);
        JsonNode made = call("GET", "/roles/" + role, null).json();
        call(
                "POST",
                "/client-scopes/" + id(scope) + "/scope-mappings/realm",
                Json.MAPPER.createArrayNode().add(made));
    }

    void grant(String user, String role) {
        JsonNode found = call("GET", "/roles/" + role, null).json();
        call(
                "POST",
                "/users/" + realm.userId(user) + "/role-mappings/realm",
                Json.MAPPER.createArrayNode().add(found));
    }

    void organization(String alias, String... members) {
        ObjectNode organization = Json.object().put("name", alias).put("alias", alias);
        organization.putArray("domains").addObject().put("name", alias + ".example");
        call("POST", "/organizations", organization);
        String id =
                call("GET", "/organizations?search=" + alias, null)
                        .json()
                        .get(0)
                        .path("id")
                        .asText();
        for (String member : members) {
            call(
                    "POST",
                    "/organizations/" + id + "/members",
                    TextNode.valueOf(realm.userId(member)));
        }
    }

    private String make(String name, String... attributes) {
        ObjectNode scope = Json.object().put("name", name).put("protocol", "openid-connect");
        ObjectNode values = scope.putObject("attributes").put("include.in.token.scope", "true");
        for (int i = 0; i < attributes.length; i += 2) {
            values.put(attributes[i], attributes[i + 1]);
        }
        call("POST", "/client-scopes", scope);
        return id(name);
    }

    private String id(String name) {
        for (JsonNode scope : call("GET", "/client-scopes", null).json()) {
            if (scope.path("name").asText().equals(name)) {
                return scope.path("id").asText();
            }
        }
        throw new IllegalStateException("No scope " + name);
    }

    private void assign(String kind, String id) {
        change("PUT", kind, id);
    }

    /** For both clients of the shipped realm. */
    private void change(String method, String kind, String id) {
        for (String clientId : List.of(CLIENT, CLIENT + "-post")) {
            String client = realm.admin().client(realm.name(), clientId).path("id").asText();
            call(method, "/clients/" + client + "/" + kind + "-client-scopes/" + id, null);
        }
    }

    private Answer call(String method, String path, JsonNode body) {
        Answer answer = realm.admin().call(method, "/" + realm.name() + path, body);
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
        return answer;
    }
}
