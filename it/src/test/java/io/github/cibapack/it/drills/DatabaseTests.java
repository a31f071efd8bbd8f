// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.contract.UnstorableText;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The database is gone for twenty seconds, or hangs, or is slow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
abstract class DatabaseTests {
    private static final Duration FAULT = Duration.ofSeconds(20);
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final int POLLS = 6;

    private final ServerAndDatabase here;

    DatabaseTests(ServerAndDatabase here) {
        this.here = here;
    }

    static void prepare(RealmDocument realm) {
        Situation.prepare(realm, "gone", "hangs", "slow");
    }

    @AfterEach
    void heal() {
        here.database().restore();
        here.database().thaw();
        here.database().delay(Duration.ZERO);
    }

    @Test
    void databaseThatIsGoneForTwentySecondsLosesNothingAndNothingIsAnsweredWrongly()
            throws Exception {
        Situation situation = Situation.before(here, "gone");

        here.database().cut();
        long end = System.nanoTime() + FAULT.toNanos();
        do {
            AtOnce.run(situation.calls());
        } while (System.nanoTime() - end < 0);
        here.database().restore();

        situation.nothingWasAnsweredWrongly();
        assertThat(situation.unavailable()).isPositive();
        situation.nothingIsLostAfterwards();
    }

    @Test
    void databaseThatHangsForTwentySecondsLosesNothingAndNothingIsAnsweredWrongly()
            throws Exception {
        Situation situation = Situation.before(here, "hangs");

        here.database().freeze();
        CompletableFuture<?> calls = CompletableFuture.runAsync(() -> run(situation.calls()));
        untilDone(calls, FAULT);
        here.database().thaw();
        calls.get(2, TimeUnit.MINUTES);

        situation.nothingWasAnsweredWrongly();
        situation.nothingIsLostAfterwards();
    }

    @Test
    void slowDatabaseMakesAnswersSlowAndNoneWrong() throws Exception {
        RelyingParty pump = here.pump();
        here.database().delay(SLOW);

        Answer started = pump.start("slow", "slow").accepted();
        ApprovalForm page = ApprovalForm.open(here.linkOf(started.authReqId()));
        assertThat(page.press("decision", "approve").body()).contains("ciba-result-approved");
        List<Answer> polls =
                AtOnce.run(
                        Stream.<Callable<Answer>>generate(
                                        () -> () -> pump.poll(started.authReqId()))
                                .limit(POLLS)
                                .toList());

        assertThat(polls).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(polls)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.error().equals("invalid_grant"));
    }

    @Test
    void textThatItCannotKeepIsTheCallersFault() {
        for (UnstorableText call : UnstorableText.calls(here.pump(), here.admin())) {
            Answer answer = call.send().get();
            assertThat(answer.status()).as(call.name() + ": " + answer.body()).isBetween(400, 499);
        }
    }

    private static void run(List<Callable<Void>> calls) {
        try {
            AtOnce.run(calls);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fault lasts for this time, unless all is answered before. */
    private static void untilDone(CompletableFuture<?> calls, Duration time) throws Exception {
        try {
            calls.get(time.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stillWaiting) {
            // as is expected of calls that need the database
        }
    }
}
