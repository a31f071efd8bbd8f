// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.suite.MovesTheClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a caller gets whose request was denied or not decided: the words of the rule's handler. */
@MovesTheClock
class RejectionIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(ClockServer::shared)
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "quick", "requestedExpiry", "10");
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
    void deniedRequestIsRejectedByTheRulesHandler() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "handled", alice)
                        .with("X-Forwarded-Uri", "/transfers/<b>denied</b>");
        Answer malformed = check.send();
        assertThat(malformed.status()).isEqualTo(401);

        MailReader.denies(Bank.mailFor(REALM, "Approve POST /transfers/<b>denied</b>"));

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

        Answer late = afterTheExpiry(check.retrying(pending));

        assertThat(late.status()).isEqualTo(302);
        assertThat(late.header("Location")).isEqualTo("/too-late");
    }

    @Test
    void builtInHandlerSaysThatTimeIsUp() {
        ForwardAuth check = ForwardAuth.check(REALM, "quick", alice);
        Answer pending = check.send();
        assertThat(pending.json().path("expires_in").asInt()).isBetween(5, 10);

        Answer late = afterTheExpiry(check.retrying(pending));

        assertThat(late.status()).isEqualTo(403);
        assertThat(late.error()).isEqualTo("expired_transaction");
        assertThat(late.errorDescription()).contains("(Correlation ID: ");
    }

    private static Answer afterTheExpiry(ForwardAuth check) {
        FakeClock.of(REALM.server()).advance(Duration.ofSeconds(11));
        return check.send();
    }
}
