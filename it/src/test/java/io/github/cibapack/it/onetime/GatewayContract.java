// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.browser.BrowserTest;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a caller, an API and a user see of a rule through a real gateway, with the configuration
 * that the project ships.
 */
abstract class GatewayContract extends BehindAGateway {
    private static final int MANY = 50;

    GatewayContract(GatewayKind kind) {
        super(kind);
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
}
