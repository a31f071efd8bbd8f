// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule as a gateway of the family {@code forwarded} sees it. */
class OneTimeRuleIT {
    private static final String APPROVE = "Approve POST /transfers";
    private static final String DIGEST = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "transfers", "receipt", "true");
                                Bank.rule(realm, "held", "mode", "hold", "holdSeconds", "30");
                                Bank.rule(
                                        realm, "held-briefly", "mode", "hold", "holdSeconds", "1");
                                Bank.rule(realm, "quick", "requestedExpiry", "10");
                                Bank.rule(realm, "lenient", "graceSeconds", "60");
                                Bank.rule(
                                        realm,
                                        "some",
                                        "methods",
                                        "POST,PUT",
                                        "paths",
                                        "/transfers/*,/admin/**");
                                Bank.rule(
                                        realm,
                                        "digest",
                                        "requireBodyDigest",
                                        "true",
                                        "paths",
                                        "/transfers");
                                Bank.rule(realm, "for-the-api", "audience", "the-api");
                                Bank.rule(
                                        realm,
                                        "by-name",
                                        "loginHintAttribute",
                                        "preferred_username");
                                Bank.rule(
                                        realm,
                                        "worded",
                                        "bindingMessage",
                                        "${method} to ${host} of ${header.X-Amount}");
                                Bank.rule(
                                        realm,
                                        "handled",
                                        "denyHandler",
                                        "sorry",
                                        "timeoutHandler",
                                        "elsewhere",
                                        "requestedExpiry",
                                        "10");
                                realm.component(
                                        "ciba-rejection-handler",
                                        "name",
                                        "sorry",
                                        "status",
                                        "451",
                                        "contentType",
                                        "text/html",
                                        "template",
                                        "<p>${method} ${path}: ${message}</p>");
                                realm.component(
                                        "ciba-rejection-handler",
                                        "name",
                                        "elsewhere",
                                        "type",
                                        "redirect",
                                        "url",
                                        "/too-late");
                            });

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        alice = Bank.tokenOf(REALM, "alice");
    }

    @Test
    void approvedRequestPassesOnceAndOnlyOnce() throws Exception {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);

        Answer pending = check.send();
        assertThat(pending.status()).as(pending.body()).isEqualTo(401);
        assertThat(pending.error()).isEqualTo("authorization_pending");
        assertThat(pending.text("transaction")).isEqualTo(ForwardAuth.transaction(pending));
        assertThat(pending.json().path("interval").asInt()).isEqualTo(2);
        assertThat(pending.json().path("expires_in").asInt()).isBetween(100, 120);
        assertThat(pending.header("Retry-After")).isEqualTo("2");
        assertThat(pending.header("Cache-Control")).isEqualTo("no-store");
        assertThat(check.retrying(pending).send().error()).isEqualTo("authorization_pending");

        ReceivedMail mail = mailOf(pending);
        assertThat(mail.text()).contains("Bank", APPROVE);
        assertThat(status(pending).text("status")).isEqualTo("pending");
        MailReader.approves(mail);
        assertThat(status(pending).text("status")).isEqualTo("approved");

        Answer passed = check.retrying(pending).send();
        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
        assertThat(passed.header("One-Time-Authorization-User")).isEqualTo(REALM.userId("alice"));
        JWTClaimsSet receipt =
                SignedJWT.parse(passed.header("One-Time-Authorization-Receipt")).getJWTClaimsSet();
        assertThat(receipt.getIssuer()).isEqualTo(REALM.url("").toString());
        assertThat(receipt.getSubject()).isEqualTo(REALM.userId("alice"));
        assertThat(receipt.getStringClaim("binding_message")).isEqualTo(APPROVE);
        assertThat(receipt.getStringClaim("auth_req_id"))
                .isEqualTo(passed.header("One-Time-Authorization-Id"));

        assertThat(status(pending).text("status")).isEqualTo("unknown_or_used");
        assertThat(status(pending).header("Access-Control-Allow-Origin")).isEqualTo("*");

        Answer replayed = check.retrying(pending).send();
        assertThat(replayed.status()).isEqualTo(403);
        assertThat(replayed.error()).isEqualTo("unknown_transaction");
    }

    @Test
    void deniedRequestIsRejectedByTheRulesHandler() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "handled", alice)
                        .with("X-Forwarded-Uri", "/transfers/<b>denied</b>");
        Answer malformed = check.send();
        assertThat(malformed.status()).isEqualTo(401);

        MailReader.denies(mailFor("Approve POST /transfers/<b>denied</b>"));

        Answer rejected = check.retrying(malformed).send();
        assertThat(rejected.status()).isEqualTo(451);
        assertThat(rejected.header("Content-Type")).startsWith("text/html");
        assertThat(rejected.body())
                .isEqualTo(
                        "<p>POST /transfers/&lt;b&gt;denied&lt;/b&gt;: The request was not"
                                + " approved.</p>");
    }

    @Test
    void requestThatNobodyDecidedIsRejectedByTheRulesHandler() {
        ForwardAuth check = ForwardAuth.check(REALM, "handled", alice);
        Answer pending = check.send();

        Answer late =
                Awaitility.await()
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(500))
                        .until(
                                () -> check.retrying(pending).send(),
                                answer -> answer.status() != 401);

        assertThat(late.status()).isEqualTo(302);
        assertThat(late.header("Location")).isEqualTo("/too-late");
    }

    @Test
    void builtInHandlerSaysThatTimeIsUp() {
        ForwardAuth check = ForwardAuth.check(REALM, "quick", alice);
        Answer pending = check.send();
        assertThat(pending.json().path("expires_in").asInt()).isBetween(5, 10);

        Answer late =
                Awaitility.await()
                        .atMost(SOON)
                        .pollInterval(Duration.ofMillis(500))
                        .until(
                                () -> check.retrying(pending).send(),
                                answer -> answer.status() != 401);

        assertThat(late.status()).isEqualTo(403);
        assertThat(late.error()).isEqualTo("expired_transaction");
        assertThat(late.errorDescription()).contains("(Correlation ID: ");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Uri, /transfers?to=bob&amount=5000",
        "X-Forwarded-Uri, /transfers/?to=bob&amount=50",
        "X-Forwarded-Method, PUT",
        "X-Forwarded-Host, other.example",
        "X-Forwarded-Proto, http",
        "Content-Digest, sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
    })
    void approvalIsNoGoodForAnotherRequest(String header, String value) {
        ForwardAuth check =
                ForwardAuth.check(REALM, "transfers", alice)
                        .with(
                                "X-Forwarded-Uri",
                                "/transfers?to=bob&amount=50&x="
                                        + header.hashCode()
                                        + value.hashCode());
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));

        Answer tampered = check.retrying(pending).with(header, value).send();

        assertThat(tampered.status()).isEqualTo(403);
        assertThat(tampered.error()).isEqualTo("transaction_mismatch");
        assertThat(check.retrying(pending).send().status()).as("the right one").isEqualTo(200);
    }

    @Test
    void approvalIsNoGoodForAnotherCaller() {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));
        String bob = Bank.tokenOf(REALM, "bob");

        Answer stolen = ForwardAuth.check(REALM, "transfers", bob).retrying(pending).send();

        assertThat(stolen.error()).isEqualTo("transaction_mismatch");
    }

    @Test
    void approvalIsNoGoodForAnotherRule() {
        Answer pending = ForwardAuth.check(REALM, "transfers", alice).send();
        MailReader.approves(mailOf(pending));

        Answer other = ForwardAuth.check(REALM, "quick", alice).retrying(pending).send();

        assertThat(other.error()).isEqualTo("transaction_mismatch");
    }

    @Test
    void ofFiftyRetriesOnePasses() throws Exception {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));
        ForwardAuth retry = check.retrying(pending);

        ExecutorService callers = Executors.newFixedThreadPool(50);
        try {
            List<Future<Answer>> answers =
                    callers.invokeAll(
                            java.util.stream.Stream.generate(() -> (Callable<Answer>) retry::send)
                                    .limit(50)
                                    .toList());
            int passed = 0;
            for (Future<Answer> answer : answers) {
                if (answer.get().status() == 200) {
                    passed++;
                } else {
                    assertThat(answer.get().status()).isEqualTo(403);
                    assertThat(answer.get().error()).isEqualTo("unknown_transaction");
                }
            }
            assertThat(passed).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void onlyTheGatewayIsAnswered() {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);

        for (Answer refused :
                List.of(
                        check.without("X-Gateway-Secret").send(),
                        check.with("X-Gateway-Secret", "guessed-guessed-guessed").send(),
                        ForwardAuth.check(REALM, "no-such-rule", alice).send())) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.error()).isEqualTo("gateway_not_authenticated");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer not-a-token", "Basic YWxpY2U6YWxpY2U=", "Bearer"})
    void callerWithoutAGoodTokenIsRefused(String authorization) {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);
        Answer refused =
                authorization.isEmpty()
                        ? check.without("Authorization").send()
                        : check.with("Authorization", authorization).send();

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("invalid_token");
        assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void tokenOfAnotherRealmOrForAnotherAudienceIsRefused() {
        assertThat(ForwardAuth.check(REALM, "for-the-api", alice).send().error())
                .isEqualTo("invalid_token");
        assertThat(ForwardAuth.check(REALM, "transfers", tamperedSignature(alice)).send().error())
                .isEqualTo("invalid_token");
    }

    @Test
    void headersOfOtherGatewaysAreNeverRead() {
        Answer pending =
                ForwardAuth.check(REALM, "transfers", alice)
                        .with("X-Original-URI", "/harmless")
                        .with("X-Original-Method", "GET")
                        .send();
        assertThat(mailOf(pending).text()).contains(APPROVE).doesNotContain("harmless");

        Answer missing =
                ForwardAuth.check(REALM, "transfers", alice)
                        .without("X-Forwarded-Uri")
                        .with("X-Original-URI", "/transfers")
                        .send();
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.error()).isEqualTo("invalid_request");
    }

    @Test
    void pageSaysWhereTheRequestCameFrom() {
        Answer pending = ForwardAuth.check(REALM, "transfers", alice).send();

        assertThat(MailReader.reads(mailOf(pending).magicLink()).body()).contains("198.51.100.7");
    }

    @Test
    void messageIsMadeOfTheRequest() {
        Answer pending =
                ForwardAuth.check(REALM, "worded", alice).with("X-Amount", "50 EUR").send();

        assertThat(mailOf(pending).text()).contains("POST to api.example of 50 EUR");
    }

    @Test
    void anyClaimCanNameTheUser() {
        Answer pending = ForwardAuth.check(REALM, "by-name", alice).send();

        assertThat(mailOf(pending).to()).containsExactly("alice@ciba-demo.example");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /transfers/1, 200",
        "POST, /balance, 200",
        "POST, /transfers/1/notes, 200",
        "POST, /transfers/1, 401",
        "PUT, /transfers/1?x=/balance, 401",
        "POST, /TRANSFERS/1/, 401",
        "POST, /admin/a/b/c, 401",
        "POST, /balance/../transfers/1, 401",
        "POST, /balance;x=1, 401",
        "POST, //transfers/1, 401",
        "POST, /%74ransfers/1, 401",
        "POST, /balance%2f..%2ftransfers, 401"
    })
    void ruleCoversWhatItNamesAndWhatIsAmbiguous(String method, String uri, int status) {
        Answer answer =
                ForwardAuth.check(REALM, "some", alice)
                        .with("X-Forwarded-Method", method)
                        .with("X-Forwarded-Uri", uri)
                        .send();

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void heldCheckIsAnsweredWhenTheUserHasApproved() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", alice).with("X-Forwarded-Uri", "/held/approve");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);

        MailReader.approves(mailFor("Approve POST /held/approve"));

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(200);
        assertThat(held.join().header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void heldCheckIsRejectedWhenTheUserHasDenied() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", alice).with("X-Forwarded-Uri", "/held/deny");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);

        MailReader.denies(mailFor("Approve POST /held/deny"));

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(403);
    }

    @Test
    void checkThatWasHeldForAsLongAsItMayGoesOnAsARetry() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "held-briefly", alice)
                        .with("X-Forwarded-Uri", "/held/long");

        Answer pending = check.send();

        assertThat(pending.error()).isEqualTo("authorization_pending");
        MailReader.approves(mailOf(pending));
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);
    }

    @Test
    void graceLetsTheSameRequestPassAgainAndNoOther() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "lenient", alice).with("X-Forwarded-Method", "GET");
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);

        assertThat(check.send().status()).as("the same again").isEqualTo(200);
        assertThat(check.with("X-Forwarded-Uri", "/other").send().status()).isEqualTo(401);
    }

    @Test
    void graceIsNotForABodyThatNothingBinds() {
        ForwardAuth check = ForwardAuth.check(REALM, "lenient", alice);
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);

        assertThat(check.send().status()).isEqualTo(401);
    }

    @Test
    void approvalIsGoodForTheQuestionThatWasAsked() {
        ForwardAuth check = ForwardAuth.check(REALM, "worded", alice).with("X-Amount", "1 EUR");
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));

        Answer other = check.retrying(pending).with("X-Amount", "5000 EUR").send();

        assertThat(other.error()).isEqualTo("transaction_mismatch");
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override",
                "X-HTTP-Method",
                "X-Method-Override",
                "X-Rewrite-URL",
                "X-Original-URL"
            })
    void requestThatCouldBeTakenForAnotherIsRefused(String header) {
        Answer refused =
                ForwardAuth.check(REALM, "some", alice)
                        .with("X-Forwarded-Uri", "/balance")
                        .with(header, "/transfers/1")
                        .send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    @Test
    void callerWhoHasSignedOutMeanwhileIsNotLetThroughByAHeldCheck() {
        String token = Bank.tokenOf(REALM, "alice");
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", token).with("X-Forwarded-Uri", "/held/logout");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);
        ReceivedMail mail = mailFor("Approve POST /held/logout");
        REALM.admin()
                .call(
                        "POST",
                        "/" + REALM.name() + "/users/" + REALM.userId("alice") + "/logout",
                        null);
        alice = Bank.tokenOf(REALM, "alice");

        MailReader.approves(mail);

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(401);
    }

    @Test
    void bodyDigestCanBeRequired() {
        ForwardAuth check = ForwardAuth.check(REALM, "digest", alice);

        assertThat(check.send().status()).isEqualTo(400);
        assertThat(check.with("Content-Digest", "unknown=:AA==:").send().status()).isEqualTo(400);
        assertThat(check.with("Content-Digest", DIGEST).send().status()).isEqualTo(401);
        assertThat(check.with("X-Forwarded-Method", "DELETE").send().status()).isEqualTo(400);
        assertThat(check.with("X-Forwarded-Uri", "/balance").send().status())
                .as("needs no approval")
                .isEqualTo(200);
        assertThat(check.with("X-Forwarded-Method", "GET").send().status()).isEqualTo(401);
    }

    @Test
    void browserWaitsOnAPageThatGoesOnByItself() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "transfers", alice)
                        .with("X-Forwarded-Method", "GET")
                        .with("X-Forwarded-Uri", "/statement")
                        .with("Accept", "text/html,*/*")
                        .with("Accept-Language", "de");
        Answer page = check.send();

        assertThat(page.status()).isEqualTo(401);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body())
                .contains("<meta http-equiv=\"refresh\" content=\"2\">", "Wir warten");
        String cookie = page.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Secure");
        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        MailReader.approves(mailOf(page));
        ForwardAuth reload = check.with("Cookie", cookie.split(";", 2)[0]);
        assertThat(reload.send().status()).isEqualTo(200);
        assertThat(reload.send().status()).as("once is once: asked anew").isEqualTo(401);
        assertThat(reload.with("X-Forwarded-Uri", "/statement/2").send().status())
                .as("another page is another question")
                .isEqualTo(401);
    }

    @Test
    void everyStepIsInTheAudit() {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);
        Answer pending = check.send();
        MailReader.approves(mailOf(pending));
        check.retrying(pending).send();
        check.retrying(pending).send();

        assertThat(REALM.admin().events(REALM.name()))
                .extracting(event -> event.path("details").path("ciba_event").asText())
                .contains("requested", "approved", "redeemed", "gateway_passed", "gateway_refused");
    }

    private static Answer status(Answer pending) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(URI.create(pending.header("Location"))).build());
    }

    /** The mail of the newest request; its id is in the audit alone. */
    private static ReceivedMail mailOf(Answer pending) {
        assertThat(pending.status()).as(pending.body()).isEqualTo(401);
        String newest =
                REALM.admin().events(REALM.name()).stream()
                        .map(event -> event.path("details"))
                        .filter(details -> "requested".equals(details.path("ciba_event").asText()))
                        .findFirst()
                        .orElseThrow()
                        .path("auth_req_id")
                        .asText();
        ForwardAuth.transaction(pending);
        return REALM.mailbox().awaitMailFor(newest);
    }

    private static ReceivedMail mailFor(String message) {
        return REALM.mailbox().await(mail -> mail.text().contains(message), SOON);
    }

    private static String tamperedSignature(String token) {
        int signature = token.lastIndexOf('.') + 1;
        char first = token.charAt(signature);
        return token.substring(0, signature)
                + (first == 'A' ? 'B' : 'A')
                + token.substring(signature + 1);
    }
}
