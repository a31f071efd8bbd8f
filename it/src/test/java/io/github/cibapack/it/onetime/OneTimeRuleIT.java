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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "transfers", "receipt", "true");
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

        ReceivedMail mail = Bank.mailOf(REALM, pending);
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
        assertThat(receipt.getStringClaim("binding_message"))
                .isEqualTo(APPROVE + "?to=bob&amount=50");
        assertThat(receipt.getStringClaim("auth_req_id"))
                .isEqualTo(passed.header("One-Time-Authorization-Id"));

        assertThat(status(pending).text("status")).isEqualTo("unknown_or_used");
        assertThat(status(pending).header("Access-Control-Allow-Origin")).isEqualTo("*");

        Answer replayed = check.retrying(pending).send();
        assertThat(replayed.status()).isEqualTo(403);
        assertThat(replayed.error()).isEqualTo("unknown_transaction");
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
        MailReader.approves(Bank.mailOf(REALM, pending));

        Answer tampered = check.retrying(pending).with(header, value).send();

        assertThat(tampered.status()).isEqualTo(403);
        assertThat(tampered.error()).isEqualTo("transaction_mismatch");
        assertThat(check.retrying(pending).send().status()).as("the right one").isEqualTo(200);
    }

    @Test
    void approvalIsNoGoodForAnotherCaller() {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);
        Answer pending = check.send();
        MailReader.approves(Bank.mailOf(REALM, pending));
        String bob = Bank.tokenOf(REALM, "bob");

        Answer stolen = ForwardAuth.check(REALM, "transfers", bob).retrying(pending).send();

        assertThat(stolen.error()).isEqualTo("transaction_mismatch");
    }

    @Test
    void approvalIsNoGoodForAnotherRule() {
        Answer pending = ForwardAuth.check(REALM, "transfers", alice).send();
        MailReader.approves(Bank.mailOf(REALM, pending));

        Answer other = ForwardAuth.check(REALM, "quick", alice).retrying(pending).send();

        assertThat(other.error()).isEqualTo("transaction_mismatch");
    }

    @Test
    void ofFiftyRetriesOnePasses() throws Exception {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", alice);
        Answer pending = check.send();
        MailReader.approves(Bank.mailOf(REALM, pending));
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
        assertThat(Bank.mailOf(REALM, pending).text()).contains(APPROVE).doesNotContain("harmless");

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

        assertThat(MailReader.reads(Bank.mailOf(REALM, pending).magicLink()).body())
                .contains("198.51.100.7");
    }

    @Test
    void messageIsMadeOfTheRequest() {
        Answer pending =
                ForwardAuth.check(REALM, "worded", alice).with("X-Amount", "50 EUR").send();

        assertThat(Bank.mailOf(REALM, pending).text()).contains("POST to api.example of 50 EUR");
    }

    @Test
    void anyClaimCanNameTheUser() {
        Answer pending = ForwardAuth.check(REALM, "by-name", alice).send();

        assertThat(Bank.mailOf(REALM, pending).to()).containsExactly("alice@ciba-demo.example");
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
    void graceLetsTheSameRequestPassAgainAndNoOther() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "lenient", alice).with("X-Forwarded-Method", "GET");
        Answer pending = check.send();
        MailReader.approves(Bank.mailOf(REALM, pending));
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);

        assertThat(check.send().status()).as("the same again").isEqualTo(200);
        assertThat(check.with("X-Forwarded-Uri", "/other").send().status()).isEqualTo(401);
    }

    @Test
    void graceIsNotForABodyThatNothingBinds() {
        ForwardAuth check = ForwardAuth.check(REALM, "lenient", alice);
        Answer pending = check.send();
        MailReader.approves(Bank.mailOf(REALM, pending));
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);

        assertThat(check.send().status()).isEqualTo(401);
    }

    @Test
    void approvalIsGoodForTheQuestionThatWasAsked() {
        ForwardAuth check = ForwardAuth.check(REALM, "worded", alice).with("X-Amount", "1 EUR");
        Answer pending = check.send();
        MailReader.approves(Bank.mailOf(REALM, pending));

        Answer other = check.retrying(pending).with("X-Amount", "5000 EUR").send();

        assertThat(other.error()).isEqualTo("transaction_mismatch");
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);
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
        MailReader.approves(Bank.mailOf(REALM, page));
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
        MailReader.approves(Bank.mailOf(REALM, pending));
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

    private static String tamperedSignature(String token) {
        int signature = token.lastIndexOf('.') + 1;
        char first = token.charAt(signature);
        return token.substring(0, signature)
                + (first == 'A' ? 'B' : 'A')
                + token.substring(signature + 1);
    }
}
