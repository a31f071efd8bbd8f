// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a caller, an API and a user see of a rule through a real gateway, with the configuration
 * that the project ships.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayContract {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 50;

    @RegisterExtension final RealmFixture realm;

    private final GatewayKind kind;
    private final Map<String, RunningGateway> gateways = new ConcurrentHashMap<>();
    private Api api;
    private String alice;

    GatewayContract(GatewayKind kind) {
        this.kind = kind;
        this.realm = RealmFixture.fresh().with(Bank::open).with(this::addRules);
    }

    private void addRules(RealmDocument document) {
        addRule(document, "retry", "receipt", "true", "requireBodyDigest", "true");
        addRule(document, "held", "mode", "hold");
        addRule(document, "held-briefly", "mode", "hold", "holdSeconds", "1");
        addRule(document, "quick", "requestedExpiry", "10");
        addRule(document, "writes", "methods", "POST,PUT,PATCH,DELETE", "paths", "/transfers/**");
        addRule(document, "handled", "denyHandler", "sorry");
        document.component(
                "ciba-rejection-handler",
                "name",
                "sorry",
                "status",
                "451",
                "contentType",
                "text/html",
                "template",
                "<p>${method} ${path}: ${message}</p>");
    }

    private void addRule(RealmDocument document, String name, String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "gateway";
        all[1] = kind.family();
        System.arraycopy(settings, 0, all, 2, settings.length);
        Bank.rule(document, name, all);
    }

    @BeforeAll
    void openTheBank() {
        kind.program();
        api = Api.start();
        alice = Bank.tokenOf(realm, "alice");
    }

    @AfterAll
    void closeTheBank() {
        gateways.values().forEach(RunningGateway::close);
        if (api != null) {
            api.close();
        }
    }

    @Test
    void approvedTransferReachesTheApiOnceWithWhoApprovedIt() throws Exception {
        ApiCall transfer = transfer("retry");

        Answer pending = transfer.send();
        assertThat(pending.status()).as(pending.body()).isEqualTo(401);
        assertThat(pending.error()).isEqualTo("authorization_pending");
        assertThat(pending.text("transaction")).isEqualTo(ForwardAuth.transaction(pending));
        assertThat(pending.header("Retry-After")).isEqualTo("2");
        assertThat(pending.header("Cache-Control")).isEqualTo("no-store");
        assertThat(pending.headers().allValues("WWW-Authenticate")).hasSize(1);
        assertThat(transfer.retrying(pending).send().error()).isEqualTo("authorization_pending");
        assertThat(status(pending).text("status")).isEqualTo("pending");
        assertThat(arrivals(transfer)).isEmpty();

        MailReader.approves(mailOf(transfer));
        Answer done = transfer.retrying(pending).send();

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.json().path("done").asBoolean()).isTrue();
        assertThat(arrivals(transfer)).hasSize(1);
        Api.Arrival arrival = arrivals(transfer).get(0);
        assertThat(arrival.method()).isEqualTo("POST");
        assertThat(arrival.uri()).isEqualTo(transfer.uri());
        assertThat(arrival.body()).isEqualTo(transfer.body());
        assertThat(arrival.header("One-Time-Authorization-User")).isEqualTo(realm.userId("alice"));
        SignedJWT receipt = SignedJWT.parse(arrival.header("One-Time-Authorization-Receipt"));
        assertThat(receipt.verify(new RSASSAVerifier(key(receipt.getHeader().getKeyID()))))
                .isTrue();
        assertThat(receipt.getJWTClaimsSet().getAudience()).containsExactly("retry");
        assertThat(receipt.getJWTClaimsSet().getStringClaim("auth_req_id"))
                .isEqualTo(arrival.header("One-Time-Authorization-Id"));

        Answer replayed = transfer.retrying(pending).send();
        assertThat(replayed.status()).isEqualTo(403);
        assertThat(replayed.error()).isEqualTo("unknown_transaction");
        assertThat(arrivals(transfer)).hasSize(1);
    }

    @Test
    void deniedTransferNeverReachesTheApi() {
        ApiCall transfer = transfer("retry");
        Answer pending = transfer.send();
        MailReader.denies(mailOf(transfer));

        Answer denied = transfer.retrying(pending).send();

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.error()).isEqualTo("access_denied");
        assertThat(denied.header("Content-Type")).startsWith("application/json");
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void rejectionHandlerOfTheRuleReachesTheCaller() {
        ApiCall transfer = transfer("handled");
        Answer pending = transfer.send();
        MailReader.denies(mailOf(transfer));

        Answer denied = transfer.retrying(pending).send();

        assertThat(denied.status()).isEqualTo(451);
        assertThat(denied.header("Content-Type")).startsWith("text/html");
        assertThat(denied.body())
                .isEqualTo("<p>POST " + transfer.uri() + ": The request was not approved.</p>");
    }

    @Test
    void transferThatNobodyDecidesNeverReachesTheApi() {
        ApiCall transfer = transfer("quick");
        Answer pending = transfer.send();

        Answer late =
                Awaitility.await()
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(500))
                        .until(
                                () -> transfer.retrying(pending).send(),
                                answer -> answer.status() != 401);

        assertThat(late.status()).isEqualTo(403);
        assertThat(late.error()).isEqualTo("expired_transaction");
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void approvalIsNoGoodForAnotherUrlMethodOrBody() {
        ApiCall transfer = transfer("retry");
        Answer pending = transfer.send();
        MailReader.approves(mailOf(transfer));
        ApiCall retry = transfer.retrying(pending);

        for (ApiCall tampered :
                List.of(
                        retry.withUri(transfer.uri() + "?amount=5000"),
                        retry.withUri(transfer.uri() + "/"),
                        retry.withMethod("PUT"),
                        retry.withBodyAndDigest("{\"to\":\"mallory\",\"amount\":5000}"))) {
            Answer refused = tampered.send();
            assertThat(refused.status()).as(tampered.toString()).isEqualTo(403);
            assertThat(refused.error()).isEqualTo("transaction_mismatch");
        }
        assertThat(retry.without("Content-Digest").send().status()).isEqualTo(400);
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void bodyThatIsNotTheApprovedOneIsRefusedByTheApiThatChecksTheDigest() {
        ApiCall transfer = transfer("retry");
        Answer pending = transfer.send();
        MailReader.approves(mailOf(transfer));

        Answer refused =
                transfer.retrying(pending).withBody("{\"to\":\"mallory\",\"amount\":50}").send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(arrivals(transfer)).extracting(Api.Arrival::accepted).containsExactly(false);
    }

    @Test
    void approvalIsNoGoodForAnotherCaller() {
        ApiCall transfer = transfer("retry");
        Answer pending = transfer.send();
        MailReader.approves(mailOf(transfer));

        Answer stolen =
                transfer.retrying(pending)
                        .with("Authorization", "Bearer " + Bank.tokenOf(realm, "bob"))
                        .send();

        assertThat(stolen.error()).isEqualTo("transaction_mismatch");
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void whatTheCallerSaysInTheGatewaysHeadersChangesNothing() {
        ApiCall transfer = transfer("retry");
        ApiCall forged = forged(transfer);

        Answer pending = forged.send();
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        ReceivedMail mail = mailOf(transfer);
        assertThat(mail.text()).doesNotContain("harmless");
        assertThat(MailReader.reads(mail.magicLink()).body())
                .contains("127.0.0.1")
                .doesNotContain("203.0.113.9");
        MailReader.approves(mail);
        Answer done = forged.retrying(pending).send();

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        Api.Arrival arrival = arrivals(transfer).get(0);
        assertThat(arrival.header("One-Time-Authorization-User")).isEqualTo(realm.userId("alice"));
        assertThat(arrival.header("One-Time-Authorization-Receipt")).doesNotContain("forged");
        assertThat(everyHeaderOf(arrival)).doesNotContain("forged", "203.0.113.9", "harmless");
    }

    @Test
    void callThatNeedsNoApprovalCannotPretendToHaveOne() {
        ApiCall read = forged(call("writes", "GET", "/balance/" + UUID.randomUUID()));

        assertThat(read.send().status()).isEqualTo(200);

        Api.Arrival arrival = arrivals(read).get(0);
        assertThat(arrival.header("One-Time-Authorization-User")).isEmpty();
        assertThat(arrival.header("One-Time-Authorization-Id")).isEmpty();
        assertThat(arrival.header("One-Time-Authorization-Receipt")).isEmpty();
        assertThat(everyHeaderOf(arrival)).doesNotContain("forged");
    }

    /** What gateway and API may read in two ways is never let off. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//transfers/",
                "/balance/../transfers/",
                "/balance/%2e%2e/transfers/",
                "/balance/..;/transfers/",
                "/%74ransfers/",
                "/TRANSFERS/",
                "/balance%2f..%2ftransfers/"
            })
    void noSpellingOfAPathGetsAroundTheRule(String path) {
        ApiCall transfer = call("writes", "POST", path + UUID.randomUUID());

        assertThat(transfer.send().status()).isEqualTo(401);
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void methodThatTheApiMayReadFromAHeaderGetsAroundNoRule() {
        ApiCall read =
                call("writes", "GET", "/transfers/" + UUID.randomUUID())
                        .with("X-HTTP-Method-Override", "DELETE");

        assertThat(read.send().status()).isEqualTo(400);
        assertThat(arrivals(read)).isEmpty();
    }

    @Test
    void preflightPassesWhereTheRuleDoesNotNameItsMethod() {
        ApiCall preflight =
                call("writes", "OPTIONS", "/transfers/" + UUID.randomUUID())
                        .without("Authorization");

        assertThat(preflight.send().status()).isEqualTo(200);
        assertThat(arrivals(preflight)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer not-a-token", "Basic YWxpY2U6YWxpY2U="})
    void callerWithoutAGoodTokenIsRefused(String authorization) {
        ApiCall transfer = transfer("retry");

        Answer refused =
                (authorization.isEmpty()
                                ? transfer.without("Authorization")
                                : transfer.with("Authorization", authorization))
                        .send();

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("invalid_token");
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .hasSize(1)
                .first()
                .asString()
                .contains("invalid_token");
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void expiredTokenIsRefusedThoughItsRequestWasApproved() throws Exception {
        String token = Bank.briefTokenOf(realm, "alice");
        ApiCall transfer = transfer("retry").with("Authorization", "Bearer " + token);
        Answer pending = transfer.send();
        assertThat(pending.error()).isEqualTo("authorization_pending");
        MailReader.approves(mailOf(transfer));
        Instant expiry = SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant();
        Awaitility.await().atMost(SOON).until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));

        Answer refused = transfer.retrying(pending).send();

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("invalid_token");
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void ofFiftyRetriesOneReachesTheApi() throws Exception {
        ApiCall transfer = transfer("retry");
        Answer pending = transfer.send();
        MailReader.approves(mailOf(transfer));
        Callable<Answer> retry = transfer.retrying(pending)::send;

        ExecutorService callers = Executors.newFixedThreadPool(MANY);
        try {
            List<Future<Answer>> answers = callers.invokeAll(Collections.nCopies(MANY, retry));
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().body()).isIn(200, 403);
                assertThat(answer.get().status() == 200 || isUsed(answer.get())).isTrue();
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(arrivals(transfer)).hasSize(1);
    }

    @Test
    void heldTransferReachesTheApiWhenTheUserHasApproved() {
        ApiCall transfer = transfer("held");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(transfer::send);
        ReceivedMail mail = mailOf(transfer);
        assertThat(arrivals(transfer)).isEmpty();

        MailReader.approves(mail);

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(200);
        assertThat(arrivals(transfer)).hasSize(1);
        assertThat(arrivals(transfer).get(0).body()).isEqualTo(transfer.body());
        assertThat(arrivals(transfer).get(0).header("One-Time-Authorization-User"))
                .isEqualTo(realm.userId("alice"));
    }

    @Test
    void heldTransferIsRefusedWhenTheUserHasDenied() {
        ApiCall transfer = transfer("held");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(transfer::send);

        MailReader.denies(mailOf(transfer));

        assertThat(held).succeedsWithin(SOON).extracting(Answer::error).isEqualTo("access_denied");
        assertThat(arrivals(transfer)).isEmpty();
    }

    @Test
    void transferThatWasHeldForAsLongAsItMayGoesOnAsARetry() {
        ApiCall transfer = transfer("held-briefly");

        Answer pending = transfer.send();

        assertThat(pending.error()).isEqualTo("authorization_pending");
        MailReader.approves(mailOf(transfer));
        assertThat(transfer.retrying(pending).send().status()).isEqualTo(200);
        assertThat(transfer.retrying(pending).send().status()).isEqualTo(403);
        assertThat(arrivals(transfer)).hasSize(1);
    }

    @Test
    void nothingPassesWhileKeycloakCannotBeReached() {
        URI nobody = URI.create("http://127.0.0.1:" + FreePort.any());

        assertThat(throughGatewayOf(nobody).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404, 500, 503})
    void nothingPassesWhileKeycloakFails(int status) throws Exception {
        HttpServer failing =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        failing.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        failing.start();
        try {
            URI keycloak = URI.create("http://127.0.0.1:" + failing.getAddress().getPort());

            assertThat(throughGatewayOf(keycloak).status()).isGreaterThanOrEqualTo(300);
        } finally {
            failing.stop(0);
        }
    }

    @Test
    @BrowserTest
    void browserWaitsAndGoesOnByItself(BrowserContext browser, Page page) {
        browser.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + alice));
        String path = "/statements/" + UUID.randomUUID();
        URI url = gateway("retry").resolve(path);

        page.navigate(url.toString());
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.STATUS)).isVisible();
        assertThat(api.arrivals(path)).isEmpty();
        MailReader.approves(mailAbout(path));

        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Your statement");
        assertThat(api.arrivals(path)).hasSize(1);
    }

    private static boolean isUsed(Answer answer) {
        return "unknown_transaction".equals(answer.error());
    }

    private Answer throughGatewayOf(URI keycloak) {
        try (RunningGateway gateway =
                RunningGateway.start(kind, api.url(), keycloak, realm.name(), "retry")) {
            ApiCall transfer = ApiCall.transfer(gateway.url(), alice, newPath());
            Answer answer = transfer.send();
            assertThat(arrivals(transfer)).isEmpty();
            return answer;
        }
    }

    private ApiCall forged(ApiCall call) {
        return call.with("X-Gateway-Secret", "forged-forged-forged")
                .with("X-Forwarded-Uri", "/harmless")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Host", "harmless.example")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Prefix", "/harmless")
                .with("X-Forwarded-For", "203.0.113.9")
                .with("Forwarded", "for=203.0.113.9;host=harmless.example")
                .with("X-Original-URI", "/harmless")
                .with("X-Original-Method", "GET")
                .with("X-Original-Host", "harmless.example")
                .with("X-Real-IP", "203.0.113.9")
                .with("One-Time-Authorization-User", "forged")
                .with("One-Time-Authorization-Id", "forged")
                .with("One-Time-Authorization-Receipt", "forged")
                .with("One_Time_Authorization_User", "forged")
                .with("One-Time_Authorization-Receipt", "forged");
    }

    private static String everyHeaderOf(Api.Arrival arrival) {
        return arrival.headers().values().toString();
    }

    private ApiCall transfer(String rule) {
        return ApiCall.transfer(gateway(rule), alice, newPath());
    }

    private ApiCall call(String rule, String method, String uri) {
        return transfer(rule).withMethod(method).withUri(uri).without("Content-Digest");
    }

    private static String newPath() {
        return "/transfers/" + UUID.randomUUID();
    }

    private URI gateway(String rule) {
        return gateways.computeIfAbsent(
                        rule,
                        name ->
                                RunningGateway.start(
                                        kind,
                                        api.url(),
                                        realm.server().baseUrl(),
                                        realm.name(),
                                        name))
                .url();
    }

    /** Each call has a path of its own. */
    private List<Api.Arrival> arrivals(ApiCall call) {
        return api.arrivals(call.uri().substring(call.uri().lastIndexOf('/') + 1));
    }

    private ReceivedMail mailOf(ApiCall call) {
        return mailAbout(call.uri());
    }

    private ReceivedMail mailAbout(String path) {
        return realm.mailbox().await(mail -> mail.text().contains(path), SOON);
    }

    private static Answer status(Answer pending) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(URI.create(pending.header("Location"))).build());
    }

    private RSAKey key(String id) throws Exception {
        Answer keys =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(realm.url("/protocol/openid-connect/certs"))
                                .build());
        return JWKSet.parse(keys.body()).getKeyByKeyId(id).toRSAKey();
    }
}
