// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Certificates;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of one realm whose users are asked by another one, over https. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
@OwnServer
class RemoteProviderIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MANY = 400;
    private static final int THREADS = 16;
    private static final String GATEWAY_REALM = "remote-gateway";
    private static final String SECRET = "secret-at-the-provider";
    private static final String SUBJECT = "CN=bank-mtls,O=CIBA Demo";
    private static final Certificates CERTIFICATES = Certificates.of(Certificates.AUTHORITY);
    private static final int PORT = FreePort.any();
    private static final SilentServer SILENT = SilentServer.start();
    private static final SilentServer MUTE = SilentServer.start();
    private static final String HTTPS = "https://127.0.0.1:" + PORT;

    /** The token provider. */
    @RegisterExtension
    static final RealmFixture PROVIDER =
            RealmFixture.fresh()
                    .on(
                            ServerOptions.furnished()
                                    .withHttps(PORT, CERTIFICATES)
                                    .withRuntimeOptions("--hostname=" + HTTPS))
                    .with(RemoteProviderIT::provider);

    private static final String[] BY_SECRET = {"clientId", "bank-secret", "clientSecret", SECRET};
    private static final String[] BY_KEY = {
        "clientId", "bank-key", "credentialsType", "private-key-jwt"
    };
    private static final String[] BY_CERTIFICATE = {
        "clientId", "bank-mtls", "credentialsType", "mutual-tls", "keyPair", "towards-the-provider"
    };

    private static HttpClient http;
    private static String alice;

    private static void provider(RealmDocument realm) {
        realm.attribute("ciba.advertise", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.addClient("bank-secret", SECRET);
        ObjectNode byKey = realm.addClient("bank-key", "");
        byKey.put("clientAuthenticatorType", "client-jwt").remove("secret");
        byKey.withObjectProperty("attributes")
                .put("use.jwks.url", "true")
                .put(
                        "jwks.url",
                        HTTPS + "/realms/" + GATEWAY_REALM + "/protocol/openid-connect/certs");
        ObjectNode byCertificate = realm.addClient("bank-mtls", "");
        byCertificate.put("clientAuthenticatorType", "client-x509").remove("secret");
        byCertificate
                .withObjectProperty("attributes")
                .put("x509.subjectdn", SUBJECT)
                .put("x509.allow.regex.pattern.comparison", "false");
    }

    @BeforeAll
    static void realmOfTheGateway() {
        http = HttpClient.newBuilder().sslContext(CERTIFICATES.anonymous()).build();
        RealmDocument realm = RealmDocument.shipped().named(GATEWAY_REALM).cheap();
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
        Map.of("silent", SILENT, "mute", MUTE)
                .forEach(
                        (name, server) ->
                                rule(
                                        realm,
                                        name,
                                        with(
                                                BY_SECRET,
                                                "tokenProvider",
                                                "https://127.0.0.1:"
                                                        + server.port()
                                                        + "/realms/none")));
        PROVIDER.admin().createRealm(realm.json());
        addKeyPair("towards-the-provider");
        alice = Bank.tokenOf(http, HTTPS + "/realms/" + GATEWAY_REALM, "alice");
    }

    /** A realm that is imported with a key provider would have no other keys. */
    private static void addKeyPair(String name) {
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
        Answer added = PROVIDER.admin().call("POST", "/" + GATEWAY_REALM + "/components", keys);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
    }

    /** Later settings win over the bank's usual ones. */
    private static void rule(RealmDocument realm, String name, String... settings) {
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
        put(config, "tokenProvider", HTTPS + "/realms/" + PROVIDER.name());
        put(config, "loginHintAttribute", "preferred_username");
        put(config, "receipt", "true");
        for (int i = 0; i < settings.length; i += 2) {
            put(config, settings[i], settings[i + 1]);
        }
    }

    private static String[] with(String[] settings, String key, String value) {
        return Stream.concat(Arrays.stream(settings), Stream.of(key, value)).toArray(String[]::new);
    }

    private static void put(ObjectNode config, String key, String value) {
        config.remove(key);
        config.withArrayProperty(key).add(value);
    }

    @AfterAll
    static void silenceEnds() {
        SILENT.close();
        MUTE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "key", "mtls"})
    void approvalAtTheProviderLetsTheRequestPassOnce(String rule) {
        Answer pending = check(rule, null);
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        String transaction = ForwardAuth.transaction(pending);
        assertThat(check(rule, transaction).status()).isEqualTo(401);

        ReceivedMail mail = mailFor(rule);
        MailReader.approves(mail, http);

        Answer passed = await(rule, transaction);
        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
        assertThat(passed.header("One-Time-Authorization-User"))
                .isEqualTo(PROVIDER.userId("alice"));
        assertThat(passed.header("One-Time-Authorization-Receipt")).isNotEmpty();
        assertThat(check(rule, transaction).error()).isEqualTo("unknown_transaction");
    }

    @Test
    void denialAtTheProviderIsTold() {
        Answer pending = check("secret", null, "/deny");
        String transaction = ForwardAuth.transaction(pending);
        MailReader.decides("deny", mailFor("deny").magicLink(), http);

        Answer rejected =
                Awaitility.await()
                        .atMost(SOON)
                        .until(
                                () -> check("secret", transaction, "/deny"),
                                answer -> answer.status() != 401);

        assertThat(rejected.status()).isEqualTo(403);
        assertThat(rejected.error()).isEqualTo("access_denied");
    }

    @Test
    void heldCheckWaitsForTheProvider() {
        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(() -> check("held", null, "/held"));

        MailReader.approves(mailFor("held"), http);

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(200);
    }

    @Test
    void statusIsTheProvidersWord() {
        String transaction = ForwardAuth.transaction(check("secret", null, "/status"));
        assertThat(status(transaction)).isEqualTo("pending");

        MailReader.approves(mailFor("status"), http);

        Awaitility.await().atMost(SOON).until(() -> "approved".equals(status(transaction)));
        assertThat(status(transaction)).isEqualTo("approved");
        assertThat(check("secret", transaction, "/status").status()).isEqualTo(200);
        assertThat(status(transaction)).isEqualTo("unknown_or_used");
    }

    @Test
    void keyThatIsGoneEndsTheWaitOfAHeldCheck() {
        addKeyPair("for-a-while");
        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(() -> check("held-mtls", null, "/gone"));
        mailFor("gone");

        String key =
                PROVIDER.admin()
                        .call("GET", "/" + GATEWAY_REALM + "/components?name=for-a-while", null)
                        .json()
                        .path(0)
                        .path("id")
                        .asText();
        assertThat(
                        PROVIDER.admin()
                                .call("DELETE", "/" + GATEWAY_REALM + "/components/" + key, null)
                                .status())
                .isEqualTo(204);

        assertThat(held)
                .succeedsWithin(SOON)
                .extracting(Answer::status, Answer::error)
                .containsExactly(401, "authorization_pending");
        Answer refused = check("held-mtls", ForwardAuth.transaction(held.join()), "/gone");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
    }

    @Test
    void transactionIsOverWhenItsRuleAsksForAnotherClient() {
        Answer pending = check("moving", null, "/moving");
        MailReader.approves(mailFor("moving"), http);

        JsonNode component = rule("moving");
        put((ObjectNode) component.path("config"), "clientId", "bank-other");
        Answer changed =
                PROVIDER.admin()
                        .call(
                                "PUT",
                                "/"
                                        + GATEWAY_REALM
                                        + "/components/"
                                        + component.path("id").asText(),
                                component);
        assertThat(changed.status()).as(changed.body()).isEqualTo(204);

        Answer over = check("moving", ForwardAuth.transaction(pending), "/moving");
        assertThat(over.status()).isEqualTo(403);
        assertThat(over.error()).isEqualTo("expired_transaction");
    }

    /** More checks than the server has threads for requests, and places for such calls. */
    @Test
    void silentProviderHoldsNobodyElseUp() {
        List<CompletableFuture<HttpResponse<String>>> checks = inSilence("silent", MANY);

        HttpResponse<String> tooMany =
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> withRetryAfter(checks), Optional::isPresent)
                        .get();
        assertThat(tooMany.statusCode()).isEqualTo(503);
        assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(tooMany.body()).contains("Too many requests wait");
        assertThat(status("none-such")).isEqualTo("unknown_or_used");
        assertThat(checks.stream().filter(CompletableFuture::isDone))
                .as("answered while the provider is silent")
                .hasSizeLessThan(MANY / 2);

        SILENT.letGo();

        assertThat(checks)
                .allSatisfy(
                        check ->
                                assertThat(check)
                                        .succeedsWithin(SOON)
                                        .extracting(HttpResponse::statusCode)
                                        .isEqualTo(503));
    }

    @Test
    void nobodyIsAskedForAGatewayThatHasHungUp() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> checks = inSilence("mute", THREADS);
        MUTE.await(THREADS);
        try (Socket gateway =
                new Socket(
                        InetAddress.getLoopbackAddress(), PROVIDER.server().url("/").getPort())) {
            gateway.getOutputStream().write(raw(request("secret", null, "/hung-up")));
            Awaitility.await().atMost(SOON).until(() -> remoteChecks() > THREADS);
        }
        Awaitility.await().atMost(SOON).until(() -> remoteChecks() <= THREADS);

        MUTE.letGo();

        assertThat(checks).allSatisfy(check -> assertThat(check).succeedsWithin(SOON));
        check("secret", null, "/asked-later");
        mailFor("asked-later");
        assertThat(PROVIDER.mailbox().all()).noneMatch(mail -> mail.text().contains("hung-up"));
    }

    @ParameterizedTest
    @CsvSource({
        "NGINX, secret",
        "NGINX, key",
        "NGINX, mtls",
        "CADDY, secret",
        "CADDY, key",
        "CADDY, mtls"
    })
    void approvalAtTheProviderLetsATransferThroughARealGatewayOnce(
            GatewayKind kind, String credentials) {
        try (Api api = Api.start();
                RunningGateway gateway =
                        RunningGateway.start(
                                kind,
                                api.url(),
                                PROVIDER.server().baseUrl(),
                                GATEWAY_REALM,
                                kind.family() + "-" + credentials)) {
            String path = kind.family() + "-by-" + credentials;
            ApiCall transfer = ApiCall.transfer(gateway.url(), alice, "/" + path);
            Answer pending = transfer.send();
            assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");

            MailReader.approves(mailFor(path), http);
            Answer done =
                    Awaitility.await()
                            .atMost(SOON)
                            .until(
                                    () -> transfer.retrying(pending).send(),
                                    answer -> answer.status() != 401);

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(transfer.retrying(pending).send().error()).isEqualTo("unknown_transaction");
            assertThat(api.arrivals(path)).hasSize(1);
        }
    }

    private static Optional<HttpResponse<String>> withRetryAfter(
            List<CompletableFuture<HttpResponse<String>>> checks) {
        return checks.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .filter(answer -> answer.headers().firstValue("Retry-After").isPresent())
                .findFirst();
    }

    private static List<CompletableFuture<HttpResponse<String>>> inSilence(String rule, int times) {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(CERTIFICATES.anonymous())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        return IntStream.range(0, times)
                .mapToObj(
                        i ->
                                client.sendAsync(
                                        request(rule, null, "/" + rule + "/" + i),
                                        HttpResponse.BodyHandlers.ofString()))
                .toList();
    }

    private static byte[] raw(HttpRequest request) {
        StringBuilder text = new StringBuilder();
        text.append("GET ").append(request.uri().getRawPath()).append(" HTTP/1.1\r\n");
        text.append("Host: 127.0.0.1\r\n");
        request.headers()
                .map()
                .forEach(
                        (name, values) ->
                                text.append(name)
                                        .append(": ")
                                        .append(values.get(0))
                                        .append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static double remoteChecks() {
        return Metrics.of(PROVIDER.server()).gauge("ciba_gateway_remote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "down"})
    void nobodyPassesWhereTheProviderCannotBeUsed(String rule) {
        Answer refused = check(rule, null);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
    }

    private static JsonNode rule(String name) {
        JsonNode components =
                PROVIDER.admin()
                        .call(
                                "GET",
                                "/"
                                        + GATEWAY_REALM
                                        + "/components?type=org.keycloak.services.ui.extend.UiPageProvider",
                                null)
                        .json();
        return StreamSupport.stream(components.spliterator(), false)
                .filter(any -> name.equals(any.at("/config/name/0").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static Answer await(String rule, String transaction) {
        return Awaitility.await()
                .atMost(SOON)
                .until(() -> check(rule, transaction), answer -> answer.status() != 401);
    }

    private static Answer check(String rule, String transaction) {
        return check(rule, transaction, "/" + rule);
    }

    private static Answer check(String rule, String transaction, String uri) {
        return RelyingParty.exchange(http, request(rule, transaction, uri));
    }

    private static String status(String transaction) {
        return RelyingParty.exchange(
                        http,
                        HttpRequest.newBuilder(
                                        URI.create(
                                                HTTPS
                                                        + "/realms/"
                                                        + GATEWAY_REALM
                                                        + "/one-time-authorization/-/status/"
                                                        + transaction))
                                .timeout(Duration.ofSeconds(60))
                                .build())
                .text("status");
    }

    private static HttpRequest request(String rule, String transaction, String uri) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        HTTPS
                                                + "/realms/"
                                                + GATEWAY_REALM
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

    private static ReceivedMail mailFor(String uri) {
        return PROVIDER.mailbox().await(mail -> mail.text().contains("Approve POST /" + uri), SOON);
    }
}
