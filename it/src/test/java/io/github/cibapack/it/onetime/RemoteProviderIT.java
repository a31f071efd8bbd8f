// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.suite.OwnServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
    private static final SilentServer SILENT = SilentServer.start();
    private static final SilentServer MUTE = SilentServer.start();

    /** The token provider. */
    @RegisterExtension
    static final RealmFixture PROVIDER =
            RealmFixture.fresh().on(RemoteGateway.server()).with(RemoteGateway::provider);

    private static RemoteGateway remote;

    @BeforeAll
    static void realmOfTheGateway() {
        remote = new RemoteGateway(PROVIDER, Map.of("silent", SILENT, "mute", MUTE));
    }

    @AfterAll
    static void silenceEnds() {
        SILENT.close();
        MUTE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "key", "mtls"})
    void approvalAtTheProviderLetsTheRequestPassOnce(String rule) {
        Answer pending = remote.check(rule, null);
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        String transaction = ForwardAuth.transaction(pending);
        assertThat(remote.check(rule, transaction).status()).isEqualTo(401);

        ReceivedMail mail = mailFor(rule);
        MailReader.approves(mail, remote.http());

        Answer passed = await(rule, transaction);
        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
        assertThat(passed.header("One-Time-Authorization-User"))
                .isEqualTo(PROVIDER.userId("alice"));
        assertThat(passed.header("One-Time-Authorization-Receipt")).isNotEmpty();
        assertThat(remote.check(rule, transaction).error()).isEqualTo("unknown_transaction");
    }

    @Test
    void denialAtTheProviderIsTold() {
        Answer pending = remote.check("secret", null, "/deny");
        String transaction = ForwardAuth.transaction(pending);
        MailReader.decides("deny", mailFor("deny").magicLink(), remote.http());

        Answer rejected =
                Awaitility.await()
                        .atMost(SOON)
                        .until(
                                () -> remote.check("secret", transaction, "/deny"),
                                answer -> answer.status() != 401);

        assertThat(rejected.status()).isEqualTo(403);
        assertThat(rejected.error()).isEqualTo("access_denied");
    }

    @Test
    void heldCheckWaitsForTheProvider() {
        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(() -> remote.check("held", null, "/held"));

        MailReader.approves(mailFor("held"), remote.http());

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(200);
    }

    @Test
    void statusIsTheProvidersWord() {
        String transaction = ForwardAuth.transaction(remote.check("secret", null, "/status"));
        assertThat(remote.status(transaction)).isEqualTo("pending");

        MailReader.approves(mailFor("status"), remote.http());

        Awaitility.await().atMost(SOON).until(() -> "approved".equals(remote.status(transaction)));
        assertThat(remote.status(transaction)).isEqualTo("approved");
        assertThat(remote.check("secret", transaction, "/status").status()).isEqualTo(200);
        assertThat(remote.status(transaction)).isEqualTo("unknown_or_used");
    }

    @Test
    void keyThatIsGoneEndsTheWaitOfAHeldCheck() {
        remote.addKeyPair("for-a-while");
        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(() -> remote.check("held-mtls", null, "/gone"));
        mailFor("gone");

        String key =
                PROVIDER.admin()
                        .call(
                                "GET",
                                "/" + RemoteGateway.REALM + "/components?name=for-a-while",
                                null)
                        .json()
                        .path(0)
                        .path("id")
                        .asText();
        assertThat(
                        PROVIDER.admin()
                                .call(
                                        "DELETE",
                                        "/" + RemoteGateway.REALM + "/components/" + key,
                                        null)
                                .status())
                .isEqualTo(204);

        assertThat(held)
                .succeedsWithin(SOON)
                .extracting(Answer::status, Answer::error)
                .containsExactly(401, "authorization_pending");
        Answer refused = remote.check("held-mtls", ForwardAuth.transaction(held.join()), "/gone");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
    }

    @Test
    void transactionIsOverWhenItsRuleAsksForAnotherClient() {
        Answer pending = remote.check("moving", null, "/moving");
        MailReader.approves(mailFor("moving"), remote.http());

        JsonNode component = remote.rule("moving");
        RemoteGateway.put((ObjectNode) component.path("config"), "clientId", "bank-other");
        Answer changed =
                PROVIDER.admin()
                        .call(
                                "PUT",
                                "/"
                                        + RemoteGateway.REALM
                                        + "/components/"
                                        + component.path("id").asText(),
                                component);
        assertThat(changed.status()).as(changed.body()).isEqualTo(204);

        Answer over = remote.check("moving", ForwardAuth.transaction(pending), "/moving");
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
        assertThat(remote.status("none-such")).isEqualTo("unknown_or_used");
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

    @NeedsKeycloak(
            value = "26.7.3",
            because = "before, it is not noticed that a gateway hangs up before its turn")
    @Test
    void nobodyIsAskedForAGatewayThatHasHungUp() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> checks = inSilence("mute", THREADS);
        MUTE.await(THREADS);
        try (Socket gateway =
                new Socket(
                        InetAddress.getLoopbackAddress(), PROVIDER.server().url("/").getPort())) {
            gateway.getOutputStream().write(raw(remote.request("secret", null, "/hung-up")));
            Awaitility.await().atMost(SOON).until(() -> remoteChecks() > THREADS);
        }
        Awaitility.await().atMost(SOON).until(() -> remoteChecks() <= THREADS);

        MUTE.letGo();

        assertThat(checks).allSatisfy(check -> assertThat(check).succeedsWithin(SOON));
        remote.check("secret", null, "/asked-later");
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
                                RemoteGateway.REALM,
                                kind.family() + "-" + credentials)) {
            String path = kind.family() + "-by-" + credentials;
            ApiCall transfer = ApiCall.transfer(gateway.url(), remote.alice(), "/" + path);
            Answer pending = transfer.send();
            assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");

            MailReader.approves(mailFor(path), remote.http());
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

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "down"})
    void nobodyPassesWhereTheProviderCannotBeUsed(String rule) {
        Answer refused = remote.check(rule, null);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
    }

    private static List<CompletableFuture<HttpResponse<String>>> inSilence(String rule, int times) {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(RemoteGateway.CERTIFICATES.anonymous())
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
        return IntStream.range(0, times)
                .mapToObj(
                        i ->
                                client.sendAsync(
                                        remote.request(rule, null, "/" + rule + "/" + i),
                                        HttpResponse.BodyHandlers.ofString()))
                .toList();
    }

    private static double remoteChecks() {
        return Metrics.of(PROVIDER.server()).gauge("ciba_gateway_remote");
    }

    private static Answer await(String rule, String transaction) {
        return Awaitility.await()
                .atMost(SOON)
                .until(() -> remote.check(rule, transaction), answer -> answer.status() != 401);
    }

    private static ReceivedMail mailFor(String uri) {
        return PROVIDER.mailbox().await(mail -> mail.text().contains("Approve POST /" + uri), SOON);
    }
}
