// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Requests in all states when a fault begins: calls about them while it lasts, what may be answered
 * to each, and what must be true of them when it is over.
 */
final class Situation {
    private static final int OF_EACH = 3;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final Set<String> UNDECIDED = Set.of("authorization_pending", "slow_down");
    private static final Duration UNTIL_SERVED = Duration.ofSeconds(90);

    private final ServerAndDatabase here;
    private final String name;
    private final RelyingParty pump;
    private final String accessToken;
    private final List<Started> pending = new ArrayList<>();
    private final List<Started> approved = new ArrayList<>();
    private final List<Started> pressed = new ArrayList<>();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    private enum Call {
        START,
        POLL_OF_A_PENDING_REQUEST,
        POLL_OF_AN_APPROVED_REQUEST,
        STATUS,
        PAGE,
        PRESS,
        CHECK
    }

    private record Started(Answer answer, ApprovalForm page) {
        String id() {
            return answer.authReqId();
        }
    }

    /** An answer while the fault lasted. */
    private record Told(Call call, String id, Answer answer) {}

    private Situation(ServerAndDatabase here, String name) {
        this.here = here;
        this.name = name;
        this.pump = here.pump();
        this.accessToken = Transfers.tokenOf(here, name);
    }

    /** What {@link #before} needs in the realm, for situations of these names. */
    static void prepare(RealmDocument realm, String... names) {
        ServerAndDatabase.addUsers(realm, names);
        Transfers.prepare(realm);
    }

    /** Requests that wait, that are approved, and whose page is open; all of one user. */
    static Situation before(ServerAndDatabase here, String name) {
        Situation situation = new Situation(here, name);
        for (int i = 0; i < OF_EACH; i++) {
            situation.pending.add(situation.started());
            situation.pressed.add(situation.started());
            Started approved = situation.started();
            assertThat(approved.page().press("decision", "approve").status()).isEqualTo(OK);
            situation.approved.add(approved);
        }
        return situation;
    }

    private Started started() {
        Answer answer = pump.start(name, "before").accepted();
        return new Started(answer, ApprovalForm.open(here.linkOf(answer.authReqId())));
    }

    /** One call of each kind for each request. */
    List<Callable<Void>> calls() {
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            Started waits = pending.get(i);
            Started isApproved = approved.get(i);
            Started open = pressed.get(i);
            add(calls, Call.START, waits, () -> pump.start(name, "while " + starts.get()));
            add(calls, Call.POLL_OF_A_PENDING_REQUEST, waits, () -> pump.poll(waits.id()));
            add(calls, Call.POLL_OF_AN_APPROVED_REQUEST, isApproved, () -> poll(isApproved));
            add(calls, Call.STATUS, waits, () -> pump.status(waits.id()));
            add(calls, Call.PAGE, waits, () -> page(waits));
            add(calls, Call.PRESS, open, () -> open.page().press("decision", "approve"));
            add(calls, Call.CHECK, waits, this::check);
        }
        return calls;
    }

    private void add(List<Callable<Void>> calls, Call call, Started about, Supplier<Answer> sent) {
        calls.add(
                () -> {
                    try {
                        told.add(new Told(call, about.id(), sent.get()));
                    } catch (UncheckedIOException notAnswered) {
                        unanswered.add(about.id());
                    }
                    return null;
                });
    }

    private Answer poll(Started one) {
        return pump.poll(one.id());
    }

    private static Answer page(Started one) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(one.page().link()).timeout(UNTIL_SERVED).build());
    }

    private Answer check() {
        return RelyingParty.exchange(
                Transfers.check(
                                here,
                                "/transfers?number=" + name + starts.incrementAndGet(),
                                accessToken)
                        .timeout(UNTIL_SERVED)
                        .build());
    }

    /** What was answered while the fault lasted is right, or says when to come back. */
    void nothingWasAnsweredWrongly() {
        List<Told> wrong = told.stream().filter(one -> !isRight(one)).toList();
        assertThat(wrong.stream().map(Situation::describe)).as("wrong answers").isEmpty();
    }

    /** So many calls were told to come back. */
    long unavailable() {
        return told.stream().filter(one -> one.answer().status() == UNAVAILABLE).count();
    }

    private boolean isRight(Told one) {
        Answer answer = one.answer();
        if (answer.status() == UNAVAILABLE) {
            return answer.header("Retry-After").matches("[1-9][0-9]*");
        }
        return switch (one.call()) {
            case START, PAGE, PRESS -> answer.status() == OK;
            case POLL_OF_A_PENDING_REQUEST -> UNDECIDED.contains(answer.error());
            case STATUS -> answer.status() == OK || answer.error().equals("slow_down");
            case POLL_OF_AN_APPROVED_REQUEST ->
                    answer.status() == OK
                            || (answer.error().equals("invalid_grant") && tokens(one.id()) == 1);
            case CHECK -> answer.status() == 401 || answer.status() == 429;
        };
    }

    private static String describe(Told one) {
        return one.call() + ": " + one.answer().status() + " " + one.answer().body();
    }

    /** How often tokens were given while the fault lasted. */
    private long tokens(String id) {
        return told.stream()
                .filter(one -> one.call() == Call.POLL_OF_AN_APPROVED_REQUEST)
                .filter(one -> one.id().equals(id))
                .filter(one -> one.answer().status() == OK)
                .count();
    }

    /**
     * Nothing that was decided is lost, and nothing is redeemed twice. A poll whose caller gave up
     * before it was answered may have redeemed: its tokens are lost with the answer.
     */
    void nothingIsLostAfterwards() {
        served(() -> pump.start(name, "after"));
        for (Started one : approved) {
            long before = tokens(one.id());
            Answer answer = served(() -> poll(one));
            assertThat(before + (answer.status() == OK ? 1 : 0))
                    .as("redemptions of %s: %s", one.id(), answer.body())
                    .isBetween(unanswered.contains(one.id()) ? 0L : 1L, 1L);
            assertThat(served(() -> poll(one)).error()).isEqualTo("invalid_grant");
        }
        for (Started one : pressed) {
            boolean wasTaken =
                    told.stream()
                            .filter(press -> press.call() == Call.PRESS)
                            .filter(press -> press.id().equals(one.id()))
                            .anyMatch(press -> press.answer().body().contains("approved"));
            if (!wasTaken) {
                served(() -> one.page().press("decision", "approve"));
            }
            assertRedeemedOnce(one);
        }
        for (Started one : pending) {
            served(() -> one.page().press("decision", "approve"));
            assertRedeemedOnce(one);
        }
    }

    private void assertRedeemedOnce(Started one) {
        Answer tokens = served(() -> poll(one));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(OK);
        assertThat(served(() -> poll(one)).error()).isEqualTo("invalid_grant");
    }

    /** The first answer that is not 503: connections that broke are found out one by one. */
    private static Answer served(Supplier<Answer> call) {
        return Awaitility.await("an answer")
                .atMost(UNTIL_SERVED)
                .until(() -> tried(call), answer -> answer.isPresent())
                .orElseThrow();
    }

    private static Optional<Answer> tried(Supplier<Answer> call) {
        try {
            return Optional.of(call.get()).filter(answer -> answer.status() != UNAVAILABLE);
        } catch (UncheckedIOException notListening) {
            return Optional.empty();
        }
    }
}
