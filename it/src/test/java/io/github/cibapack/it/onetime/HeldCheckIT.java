// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A check that waits for the user instead of answering that the user has to decide. */
class HeldCheckIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "held", "mode", "hold", "holdSeconds", "30");
                                Bank.rule(
                                        realm, "held-briefly", "mode", "hold", "holdSeconds", "1");
                            });

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        alice = Bank.tokenOf(REALM, "alice");
    }

    @Test
    void heldCheckIsAnsweredWhenTheUserHasApproved() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", alice).with("X-Forwarded-Uri", "/held/approve");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);

        MailReader.approves(Bank.mailFor(REALM, "Approve POST /held/approve"));

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(200);
        assertThat(held.join().header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void heldCheckIsRejectedWhenTheUserHasDenied() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", alice).with("X-Forwarded-Uri", "/held/deny");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);

        MailReader.denies(Bank.mailFor(REALM, "Approve POST /held/deny"));

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(403);
    }

    @Test
    void checkThatWasHeldForAsLongAsItMayGoesOnAsARetry() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "held-briefly", alice)
                        .with("X-Forwarded-Uri", "/held/long");

        Answer pending = check.send();

        assertThat(pending.error()).isEqualTo("authorization_pending");
        MailReader.approves(Bank.mailOf(REALM, pending));
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);
    }

    @Test
    void callerWhoHasSignedOutMeanwhileIsNotLetThroughByAHeldCheck() {
        String token = Bank.tokenOf(REALM, "alice");
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", token).with("X-Forwarded-Uri", "/held/logout");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);
        ReceivedMail mail = Bank.mailFor(REALM, "Approve POST /held/logout");
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
    void tokenThatWasRevokedMeanwhileIsNotGoodForAHeldCheck() {
        String token = Bank.tokenOf(REALM, "alice");
        ForwardAuth check =
                ForwardAuth.check(REALM, "held", token).with("X-Forwarded-Uri", "/held/revoked");
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(check::send);
        ReceivedMail mail = Bank.mailFor(REALM, "Approve POST /held/revoked");
        Answer revoked =
                REALM.relyingParty(Bank.APP)
                        .send(
                                REALM.url("/protocol/openid-connect/revoke"),
                                Form.of("token", token));
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);

        MailReader.approves(mail);

        assertThat(held).succeedsWithin(SOON).extracting(Answer::status).isEqualTo(401);
    }
}
