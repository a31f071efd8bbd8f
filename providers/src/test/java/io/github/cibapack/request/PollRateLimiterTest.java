// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.request.PollRateLimiter.Verdict;
import io.github.cibapack.store.HeapStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** Polls by Keycloak's clock, which the tests put forward. */
class PollRateLimiterTest {

    private static final int INTERVAL = 5;
    private static final int LIFETIME = 600;

    private final PollRateLimiter pace = new PollRateLimiter(new HeapStore());
    private final long expiration = Time.currentTimeSeconds() + LIFETIME;

    @AfterEach
    @AfterTry
    void setTheClockRight() {
        Time.setOffset(0);
    }

    @Test
    void firstPollIsOnTimeAndTheNextIsEarly() {
        assertThat(poll(false)).isEqualTo(new Verdict.OnTime());
        assertThat(poll(false)).isEqualTo(new Verdict.TooEarly(INTERVAL, false));
    }

    @Test
    void eachRequestHasAPaceOfItsOwn() {
        poll(false);

        assertThat(pace.poll("another", INTERVAL, expiration, false))
                .isEqualTo(new Verdict.OnTime());
    }

    @Test
    void earlyPollsDoNotPutTheNextOneOff() {
        poll(false);
        IntStream.range(0, 20).forEach(i -> poll(false));
        pass(INTERVAL);

        assertThat(poll(false)).isEqualTo(new Verdict.OnTime());
        assertThat(poll(false)).isInstanceOf(Verdict.TooEarly.class);
    }

    @Test
    void pollASecondBeforeItsTimeIsEarly() {
        poll(false);
        pass(INTERVAL - 1);

        assertThat(poll(false)).isEqualTo(new Verdict.TooEarly(1, false));
    }

    /** NTP has put the clock right by five minutes. */
    @Test
    void clockThatIsPutBackPutsNoPollOff() {
        poll(false);
        pass(-300);

        assertThat(poll(false)).isEqualTo(new Verdict.OnTime());
        assertThat(poll(false)).isEqualTo(new Verdict.TooEarly(INTERVAL, false));
    }

    @Test
    void growingIntervalGrowsToHalfAMinuteAndIsAbuseOnce() {
        poll(true);

        List<Verdict> early = IntStream.range(0, 8).mapToObj(i -> poll(true)).toList();

        assertThat(early)
                .containsExactly(
                        new Verdict.TooEarly(10, false),
                        new Verdict.TooEarly(15, false),
                        new Verdict.TooEarly(20, false),
                        new Verdict.TooEarly(25, false),
                        new Verdict.TooEarly(30, true),
                        new Verdict.TooEarly(30, false),
                        new Verdict.TooEarly(30, false),
                        new Verdict.TooEarly(30, false));
    }

    @Test
    void grownIntervalStaysGrown() {
        poll(true);
        poll(true);
        pass(INTERVAL);
        assertThat(poll(true)).isInstanceOf(Verdict.TooEarly.class);
        pass(2 * INTERVAL);
        assertThat(poll(true)).isEqualTo(new Verdict.OnTime());
    }

    @Test
    void intervalBeyondHalfAMinuteDoesNotGrow() {
        pace.poll("slow", 60, expiration, true);

        assertThat(pace.poll("slow", 60, expiration, true))
                .isEqualTo(new Verdict.TooEarly(60, false));
    }

    @Test
    void ofPollsThatComeTogetherOneIsOnTime() throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 50; round++) {
                List<Verdict> verdicts = new ArrayList<>();
                Callable<Verdict> poll = () -> poll(false);
                for (Future<Verdict> answer : callers.invokeAll(Collections.nCopies(8, poll))) {
                    verdicts.add(answer.get());
                }
                assertThat(verdicts).containsOnlyOnce(new Verdict.OnTime());
                pass(INTERVAL);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** What the relying party is told to wait is enough, and a second less is not. */
    @Property(tries = 300)
    void whoWaitsAsToldIsOnTime(
            @ForAll @IntRange(min = 2, max = 100) int interval,
            @ForAll @IntRange(min = 1, max = 10) int early,
            @ForAll boolean growing) {
        PollRateLimiter own = new PollRateLimiter(new HeapStore());
        own.poll("request", interval, expiration, growing);
        Verdict last = new Verdict.OnTime();
        for (int i = 0; i < early; i++) {
            last = own.poll("request", interval, expiration, growing);
        }
        int retryAfter = ((Verdict.TooEarly) last).retryAfter();
        assertThat(retryAfter).isBetween(interval, Math.max(interval, 30));
        pass(retryAfter - 1);
        assertThat(own.poll("request", interval, expiration, false))
                .isInstanceOf(Verdict.TooEarly.class);
        pass(1);
        assertThat(own.poll("request", interval, expiration, false))
                .isEqualTo(new Verdict.OnTime());
    }

    private Verdict poll(boolean growing) {
        return pace.poll("request", INTERVAL, expiration, growing);
    }

    private static void pass(int seconds) {
        Time.setOffset(Time.getOffset() + seconds);
    }
}
