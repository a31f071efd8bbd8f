// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;

/** A realm's endpoints for clients that register themselves. */
record Registrations(RealmFixture realm) {

    /** The metadata of a client with the CIBA grant. */
    static ObjectNode metadata() {
        ObjectNode metadata = Json.object().put("client_name", "Registered pump");
        metadata.putArray("grant_types").add(RelyingParty.GRANT_TYPE);
        metadata.putArray("response_types");
        return metadata;
    }

    /** Registers as OpenID Connect asks for. */
    JsonNode register() {
        Answer created = call("POST", endpoint("openid-connect"), initialAccessToken(), metadata());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json();
    }

    /** Of a provider, {@code openid-connect} or {@code default}. */
    URI endpoint(String provider) {
        return realm.url("/clients-registrations/" + provider);
    }

    /** Of one client in Keycloak's own format. */
    URI endpointOf(String clientId) {
        return URI.create(endpoint("default") + "/" + clientId);
    }

    String initialAccessToken() {
        return realm.admin()
                .call(
                        "POST",
                        "/" + realm.name() + "/clients-initial-access",
                        Json.object().put("count", 1).put("expiration", 60))
                .text("token");
    }

    static Answer call(String method, URI uri, String token, ObjectNode body) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }
}
