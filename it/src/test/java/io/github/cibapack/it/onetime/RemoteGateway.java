// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Certificates;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A realm whose rules let another realm of the same server ask the user, over https, and the calls
 * of its gateway.
 */
final class RemoteGateway {
    static final String REALM = "remote-gateway";
    static final Certificates CERTIFICATES = Certificates.of(Certificates.AUTHORITY);

    private static final String SECRET = "secret-at-the-provider";
    private static final String SUBJECT = "CN=bank-mtls,O=CIBA Demo";
    private static final int PORT = FreePort.any();
    private static final String HTTPS = "https://127.0.0.1:" + PORT;
    private static final String[] BY_SECRET = {"clientId", "bank-secret", "clientSecret", SECRET};
    private static final String[] BY_KEY = {
        "clientId", "bank-key", "credentialsType", "private-key-jwt"
    };
    private static final String[] BY_CERTIFICATE = {
        "clientId", "bank-mtls", "credentialsType", "mutual-tls", "keyPair", "towards-the-provider"
    };

    private final RealmFixture provider;
    private final HttpClient http;
    private final String alice;

    /** Where both realms are. */
    static ServerOptions server() {
        return ServerOptions.furnished()
                .withHttps(PORT, CERTIFICATES)
                .withRuntimeOptions("--hostname=" + HTTPS);
    }

    /** The token provider's clients. */
    static void provider(RealmDocument realm) {
        realm.attribute("ciba.advertise", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.addClient("bank-secret", SECRET);
        ObjectNode byKey = realm.addClient("bank-key", "");
        byKey.put("clientAuthenticatorType", "client-jwt").remove("secret");
        byKey.withObjectProperty("attributes")
                .put("use.jwks.url", "true")
                .put("jwks.url", HTTPS + "/realms/" + REALM + "/protocol/openid-connect/certs");
        ObjectNode byCertificate = realm.addClient("bank-mtls", "");
        byCertificate.put("clientAuthenticatorType", "client-x509").remove("secret");
        byCertificate
                .withObjectProperty("attributes")
                .put("x509.subjectdn", SUBJECT)
                .put("x509.allow.regex.pattern.comparison", "false");
    }

    /**
     * Makes the gateway's realm.
     *
     * @param provider the realm that it asks
     * @param others servers that a rule of this name asks instead
     */
    RemoteGateway(RealmFixture provider, Map<String, SilentServer> others) {
        this.provider = provider;
        http = HttpClient.newBuilder().sslContext(CERTIFICATES.anonymous()).build();
        RealmDocument realm = RealmDocument.shipped().named(REALM).cheap();
        Bank.open(realm);
        realm.attribute("ciba.outbound.allow-private", "true");
        rule(realm, "secret", BY_SECRET);
        rule(realm, "key", BY_KEY);
        rule(realm, "mtls", BY_CERTIFICATE);
        for (GatewayKind kind : GatewayKind.values()) {
            String family = kind.family();
            rule(realm, family + "-secret", with(BY_SECRET, "gateway", family));
            rule(realm, family + "-key", with(BY_KEY, "gateway", family));
            rule(realm, family + "-mtls", with(BY_CERTIFICATE, "gateway", family));
        }
        rule(realm, "moving", BY_SECRET);
        rule(realm, "wrong", "clientId", "bank-secret", "clientSecret", "not-the-secret-at-all");
        rule(realm, "held", with(BY_SECRET, "mode", "hold"));
        rule(realm, "down", with(BY_SECRET, "tokenProvider", "https://127.0.0.1:1/realms/none"));
        rule(
                realm,
                "held-mtls",
                with(with(BY_CERTIFICATE, "keyPair", "for-a-while"), "mode", "hold"));
        others.forEach(
                (name, server) ->
                        rule(
                                realm,
                                name,
                                with(
                                        BY_SECRET,
                                        "tokenProvider",
                                        "https://127.0.0.1:" + server.port() + "/realms/none")));
        provider.admin().createRealm(realm.json());
        addKeyPair("towards-the-provider");
        alice = Bank.tokenOf(http, HTTPS + "/realms/" + REALM, "alice");
    }

    /** A realm that is imported with a key provider would have no other keys. */
    void addKeyPair(String name) {
        ObjectNode keys = Json.MAPPER.createObjectNode();
        keys.put("name", name)
                .put("providerId", "rsa")
                .put("providerType", "org.keycloak.keys.KeyProvider");
        ObjectNode config = keys.withObjectProperty("config");
        Certificates.KeyPairPem pair = CERTIFICATES.clientPem(SUBJECT);
        put(config, "privateKey", pair.privateKey());
        put(config, "certificate", pair.certificate());
        put(config, "algorithm", "RS256");
        put(config, "priority", "0");
        Answer added = provider.admin().call("POST", "/" + REALM + "/components", keys);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    /** Later settings win over the bank's usual ones. */
    private void rule(RealmDocument realm, String name, String... settings) {
        realm.component("ciba-one-time-rule", "name", name, "gatewaySecret", Bank.GATEWAY_SECRET);
        ObjectNode config =
                (ObjectNode)
                        realm
                                .json()
                                .path("components")
                                .path("org.keycloak.services.ui.extend.UiPageProvider")
                                .findValues("config")
                                .stream()
                                .filter(any -> name.equals(any.path("name").path(0).asText()))
                                .findFirst()
                                .orElseThrow();
        put(config, "tokenProvider", HTTPS + "/realms/" + provider.name());
        put(config, "loginHintAttribute", "preferred_username");
        put(config, "receipt", "true");
        for (int i = 0; i < settings.length; i += 2) {
            put(config, settings[i], settings[i + 1]);
        }
    }

    private static String[] with(String[] settings, String key, String value) {
        return Stream.concat(Arrays.stream(settings), Stream.of(key, value)).toArray(String[]::new);
    }

    static void put(ObjectNode config, String key, String value) {
        config.remove(key);
        config.withArrayProperty(key).add(value);
    }

    /** Connections that trust the server. */
    HttpClient http() {
        return http;
    }

    /** The access token of the user. */
    String alice() {
        return alice;
    }

    /** The component of a rule. */
    JsonNode rule(String name) {
        JsonNode components =
                provider.admin()
                        .call(
                                "GET",
                                "/"
                                        + REALM
                                        + "/components?type=org.keycloak.services.ui.extend.UiPageProvider",
                                null)
                        .json();
        return StreamSupport.stream(components.spliterator(), false)
                .filter(any -> name.equals(any.at("/config/name/0").asText()))
                .findFirst()
                .orElseThrow();
    }

    Answer check(String rule, String transaction) {
        return check(rule, transaction, "/" + rule);
    }

    Answer check(String rule, String transaction, String uri) {
        return RelyingParty.exchange(http, request(rule, transaction, uri));
    }

    String status(String transaction) {
        return RelyingParty.exchange(
                        http,
                        HttpRequest.newBuilder(
                                        URI.create(
                                                HTTPS
                                                        + "/realms/"
                                                        + REALM
                                                        + "/one-time-authorization/-/status/"
                                                        + transaction))
                                .timeout(Duration.ofSeconds(60))
                                .build())
                .text("status");
    }

    HttpRequest request(String rule, String transaction, String uri) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        HTTPS
                                                + "/realms/"
                                                + REALM
                                                + "/one-time-authorization/"
                                                + rule))
                        .timeout(Duration.ofSeconds(60))
                        .header("X-Gateway-Secret", Bank.GATEWAY_SECRET)
                        .header("X-Forwarded-Method", "POST")
                        .header("X-Forwarded-Host", "api.example")
                        .header("X-Forwarded-Uri", uri)
                        .header("Authorization", "Bearer " + alice);
        if (transaction != null) {
            request.header(ForwardAuth.TRANSACTION, transaction);
        }
        return request.build();
    }
}
