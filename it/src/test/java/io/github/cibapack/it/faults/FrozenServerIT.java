// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.AtOnce;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server stands still (SIGSTOP) for a few seconds, and goes on. */
@OwnServer
class FrozenServerIT {
    private static final int SECONDS = 5;
    private static final int POLLS = 8;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("kim");
                                realm.addUser("lea");
                            })
                    .on(ServerOptions.defaults());

    private final RelyingParty pump = REALM.gasPump();

    @AfterEach
    void goOn() {
        REALM.server().thaw();
    }

    @Test
    void decisionThatIsSentToAFrozenServerCountsOnceItGoesOn() throws Exception {
        Answer started = pump.start("kim", "frozen").accepted();
        ApprovalForm page = ApprovalForm.open(REALM.linkOf(started));
        REALM.server().freeze();

        CompletableFuture<Answer> pressed =
                CompletableFuture.supplyAsync(() -> page.press("decision", "approve"));
        requireSilence(pressed);
        REALM.server().thaw();

        assertThat(pressed.get(1, TimeUnit.MINUTES).status()).isEqualTo(200);
        assertThat(pump.pollUntilDecided(started).text("access_token")).isNotEmpty();
    }

    @Test
    void ofPollsThatWaitInFrontOfAFrozenServerOneGetsTokens() throws Exception {
        Answer started = pump.start("lea", "polled").accepted();
        URI link = REALM.linkOf(started);
        ApprovalForm.decide(link, "approve");
        REALM.server().freeze();

        List<Callable<Answer>> polls = new ArrayList<>();
        for (int i = 0; i < POLLS; i++) {
            polls.add(() -> pump.poll(started.authReqId()));
        }
        CompletableFuture<List<Answer>> answers =
                CompletableFuture.supplyAsync(() -> atOnce(polls));
        requireSilence(answers);
        REALM.server().thaw();

        assertThat(answers.get(1, TimeUnit.MINUTES))
                .filteredOn(answer -> answer.status() == 200)
                .hasSize(1);
        assertThat(answers.get())
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.error().equals("invalid_grant"));
    }

    /** Waits as long as the server stands still: nothing may be answered meanwhile. */
    private static void requireSilence(CompletableFuture<?> answer) throws Exception {
        try {
            answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return;
        }
        throw new AssertionError("a server that stands still has answered");
    }

    private static List<Answer> atOnce(List<Callable<Answer>> polls) {
        try {
            return AtOnce.run(polls);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
