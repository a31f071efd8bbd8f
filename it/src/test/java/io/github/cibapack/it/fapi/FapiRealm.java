// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.NotificationEndpoint;
import io.github.cibapack.it.server.ClientCertificate;
import io.github.cibapack.it.server.HttpsServer;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A realm with client profiles of Keycloak's bound to all of its clients, and a client for each way
 * of authentication and delivery. An admin makes the clients when the profiles are in force, so
 * that these have judged and completed them.
 */
final class FapiRealm implements BeforeAllCallback, AfterAllCallback {

    static final String USER = "dan";

    private final RealmFixture realm;
    private final Map<FapiVariant, FapiClient> clients = new EnumMap<>(FapiVariant.class);

    private NotificationEndpoint notifications;

    private FapiRealm(RealmFixture realm) {
        this.realm = realm;
    }

    static FapiRealm fresh() {
        return boundTo("fapi-1-advanced", "fapi-ciba");
    }

    /** The same with these profiles of Keycloak's. */
    static FapiRealm boundTo(String... profiles) {
        return new FapiRealm(
                RealmFixture.fresh()
                        .sharing(HttpsServer::shared)
                        .with(document -> change(document, profiles)));
    }

    /** The same with a change to the realm. */
    FapiRealm with(Consumer<RealmDocument> change) {
        return new FapiRealm(realm.with(change));
    }

    /** The same with requests that are over after so many seconds. */
    FapiRealm expiringIn(int seconds) {
        return new FapiRealm(
                realm.with(
                        document ->
                                document.attribute("cibaExpiresIn", Integer.toString(seconds))));
    }

    private static void change(RealmDocument document, String... profiles) {
        document.attribute("ciba.outbound.allow-private", "true");
        document.addUser(USER);
        ObjectNode policy =
                document.json()
                        .withObjectProperty("clientPolicies")
                        .withArrayProperty("policies")
                        .addObject();
        policy.put("name", "fapi-ciba").put("enabled", true);
        policy.putArray("conditions")
                .addObject()
                .put("condition", "any-client")
                .putObject("configuration");
        ArrayNode bound = policy.putArray("profiles");
        for (String profile : profiles) {
            bound.add(profile);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        realm.beforeAll(context);
        notifications = NotificationEndpoint.start(HttpsServer.certificates().server());
        Map<String, FapiClient> byId = new TreeMap<>();
        for (FapiVariant variant : FapiVariant.values()) {
            FapiClient client = byId.get(variant.clientId());
            clients.put(variant, client == null ? make(variant, byId) : client.at(variant));
        }
    }

    private FapiClient make(FapiVariant variant, Map<String, FapiClient> byId) {
        String id = variant.clientId();
        FapiKeys keys = FapiKeys.of(variant.algorithm(), id + "-key");
        ClientCertificate certificate =
                HttpsServer.certificates().identity("CN=" + id + ",O=CIBA Demo");
        realm.admin().createClient(realm.name(), metadata(variant, keys, certificate));
        FapiClient made = new FapiClient(realm, variant, keys, certificate);
        byId.put(id, made);
        return made;
    }

    /**
     * No more than an admin would fill in; binding of tokens and consent are the profiles' work.
     */
    private ObjectNode metadata(FapiVariant variant, FapiKeys keys, ClientCertificate certificate) {
        ObjectNode client = Json.object();
        client.put("clientId", variant.clientId())
                .put("protocol", "openid-connect")
                .put("publicClient", false)
                .put("standardFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("clientAuthenticatorType", variant.mtls() ? "client-x509" : "client-jwt");
        ObjectNode attributes = client.putObject("attributes");
        attributes
                .put("oidc.ciba.grant.enabled", "true")
                .put("ciba.backchannel.auth.request.signing.alg", variant.algorithm())
                .put("id.token.signed.response.alg", variant.algorithm())
                .put("access.token.signed.response.alg", variant.algorithm())
                .put("user.info.response.signature.alg", variant.algorithm())
                .put("request.object.signature.alg", variant.algorithm())
                .put("use.jwks.string", "true")
                .put("jwks.string", keys.publicKeySet());
        if (variant.mtls()) {
            attributes
                    .put("x509.subjectdn", certificate.subject())
                    .put("x509.allow.regex.pattern.comparison", "false");
        } else {
            attributes.put("token.endpoint.auth.signing.alg", variant.algorithm());
        }
        if (variant.ping()) {
            attributes
                    .put("ciba.backchannel.token.delivery.mode", "ping")
                    .put(
                            "ciba.backchannel.client.notification.endpoint",
                            notifications.url().toString());
        }
        return client;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        realm.afterAll(context);
        if (notifications != null) {
            notifications.close();
        }
    }

    FapiClient client(FapiVariant variant) {
        return clients.get(variant);
    }

    RealmFixture realm() {
        return realm;
    }

    /** Where all ping clients are notified. */
    NotificationEndpoint notifications() {
        return notifications;
    }
}
