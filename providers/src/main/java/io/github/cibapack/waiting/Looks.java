// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Finds what other nodes have decided. One thread for all that wait reads a mark that changes with
 * every decision. If it has, the thread reads the marks of the requests, and looks at those whose
 * mark has changed. At any other it looks once when it begins to wait, as the decision may have
 * fallen at this moment, and seldom afterwards, as not everything that ends a wait is a decision,
 * and a mark can be lost with its node.
 */
final class Looks {
    private static final Logger LOG = Logger.getLogger(Looks.class);

    /** Between two looks at a request whose mark is unchanged, about. */
    private static final Duration SELDOM = Duration.ofSeconds(5);

    /** How many of these looks there are in a second, on average, if very many wait. */
    private static final int IN_A_SECOND = 2_000;

    private final KeycloakSessionFactory sessions;
    private final Executor slow;
    private final Waiters waiters;
    private final MarkTurns turns;

    /**
     * As they were when the last look began, by their numbers; null if nobody waited for a request
     * of one. Known to the one thread that looks.
     */
    private Object[] marks = new Object[ChangeMarks.OF_ANY + 1];

    /**
     * Looks.
     *
     * @param slow runs those that take long
     * @param waiters at whom to look
     * @param turns of the marks, whose state only this changes
     */
    Looks(KeycloakSessionFactory sessions, Executor slow, Waiters waiters, MarkTurns turns) {
        this.sessions = sessions;
        this.slow = slow;
        this.waiters = waiters;
        this.turns = turns;
    }

    /** Ends the waits that are over. */
    void look() {
        if (waiters.count() == 0) {
            return;
        }
        waiters.slow().stream()
                .filter(waiter -> waiter.isDue(waiter.waitsFor().look().every().orElseThrow()))
                .filter(Waiter::beginLook)
                .forEach(waiter -> slow.execute(() -> lookSlowly(waiter)));
        if (waiters.hasQuick()) {
            KeycloakModelUtils.runJobInTransaction(
                    sessions,
                    session ->
                            lookAtDue(
                                    new ChangeMarks(session)::read,
                                    due -> lookAtEach(session, due)));
        }
    }

    /** Who has come and the marks are noted first: what falls after that is found the next time. */
    void lookAtDue(IntFunction<?> readMark, Consumer<List<Waiter>> lookAtEach) {
        List<Waiter> arrived = waiters.arrived();
        try {
            Object[] now = read(readMark);
            MarkTurns.Turn turn = turns.now(round());
            lookAtEach.accept(
                    Stream.concat(
                                    arrived.stream(),
                                    IntStream.range(0, ChangeMarks.COUNT)
                                            .filter(mark -> isDue(mark, now, turn))
                                            .boxed()
                                            .flatMap(waiters::with))
                            .filter(waiter -> !waiter.isOver())
                            .distinct()
                            .toList());
            marks = now;
            turns.done(turn);
        } catch (RuntimeException | Error e) {
            waiters.arrivedAgain(arrived);
            throw e;
        }
    }

    private Object[] read(IntFunction<?> readMark) {
        Object[] now = new Object[marks.length];
        now[ChangeMarks.OF_ANY] = readMark.apply(ChangeMarks.OF_ANY);
        boolean unchanged = now[ChangeMarks.OF_ANY].equals(marks[ChangeMarks.OF_ANY]);
        for (int mark = 0; mark < ChangeMarks.COUNT; mark++) {
            if (waiters.hasAnyWith(mark)) {
                now[mark] = unchanged && marks[mark] != null ? marks[mark] : readMark.apply(mark);
            }
        }
        return now;
    }

    private boolean isDue(int mark, Object[] now, MarkTurns.Turn turn) {
        return (now[mark] != null && !now[mark].equals(marks[mark])) || turn.has(mark);
    }

    private Duration round() {
        Duration ofMany = Duration.ofSeconds(waiters.count()).dividedBy(IN_A_SECOND);
        return ofMany.compareTo(SELDOM) > 0 ? ofMany : SELDOM;
    }

    private void lookSlowly(Waiter waiter) {
        try {
            if (!waiter.isOver()) {
                KeycloakModelUtils.runJobInTransaction(
                        sessions, session -> lookAtEach(session, List.of(waiter)));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Looking for a decision failed: %s", e.getClass().getName());
        } finally {
            waiter.endLook();
        }
    }

    private static void lookAtEach(KeycloakSession session, List<Waiter> waiters) {
        Map<String, List<Waiter>> byRealm =
                waiters.stream()
                        .collect(Collectors.groupingBy(waiter -> waiter.waitsFor().realmId()));
        byRealm.forEach((id, ofRealm) -> lookAtEach(session, id, ofRealm));
    }

    private static void lookAtEach(KeycloakSession session, String realmId, List<Waiter> waiters) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        for (Waiter waiter : waiters) {
            if (realm == null || isOver(session, waiter)) {
                waiter.done().complete(WaitEnd.OVER);
            }
        }
    }

    /** If nobody can tell, the wait ends, and its caller is told so. */
    private static boolean isOver(KeycloakSession session, Waiter waiter) {
        try {
            return waiter.waitsFor().look().over().test(session);
        } catch (RuntimeException e) {
            LOG.debugf("A wait ends with %s", e.getClass().getName());
            return true;
        }
    }
}
