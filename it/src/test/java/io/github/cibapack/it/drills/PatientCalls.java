// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.rp.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Calls that come again for as long as the server cannot serve them, and how many there were. */
final class PatientCalls {
    private static final int MOST_TRIES = 40;
    private static final Duration BEFORE_THE_NEXT_TRY = Duration.ofMillis(500);

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String what) {
        counts.computeIfAbsent(what, none -> new LongAdder()).increment();
    }

    /** How often each was made. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    ApprovalForm opened(URI link) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            ApprovalForm page = ApprovalForm.open(link);
            if (!page.token().isEmpty()) {
                count("page");
                return page;
            }
            pause();
        }
        throw new IllegalStateException("The page has no form");
    }

    /** Tries again as long as the server says when to come back. */
    Answer served(String what, Supplier<Answer> call) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Answer answer = call.get();
            if (answer.status() != 503) {
                count(what);
                return answer;
            }
            if (answer.header("Retry-After").isEmpty()) {
                throw new IllegalStateException("503 without Retry-After: " + what);
            }
            count("503 with Retry-After");
            pause();
        }
        throw new IllegalStateException("Not served: " + what);
    }

    /** What Keycloak itself is asked for: it answers 500 while connections are cut. */
    String keycloaks(Supplier<String> call) {
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (IllegalStateException failed) {
                if (tries == MOST_TRIES) {
                    throw failed;
                }
                count("Keycloak's own endpoint failed");
                pause();
            }
        }
    }

    /** What lies between two tries. */
    static void pause() {
        LockSupport.parkNanos(BEFORE_THE_NEXT_TRY.toNanos());
    }
}
