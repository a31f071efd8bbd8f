// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Finds what other nodes have decided. One thread for all that wait reads the marks of their
 * requests, and looks at those whose mark has changed. At any other it looks once when it begins to
 * wait, as the decision may have fallen at this moment, and seldom afterwards, as not everything
 * that ends a wait is a decision, and a mark can be lost with its node.
 */
final class Looks {
    private static final Logger LOG = Logger.getLogger(Looks.class);

    /** Between two looks at what has an unchanged mark, at least. */
    private static final Duration SELDOM = Duration.ofSeconds(5);

    /** How many of these looks there are in a second, on average, if very many wait. */
    private static final int IN_A_SECOND = 2_000;

    private final KeycloakSessionFactory sessions;
    private final Executor slow;

    /** As they were when the last look began; known to the one thread that looks. */
    private Object[] marks = new Object[ChangeMarks.COUNT];

    /**
     * Looks.
     *
     * @param slow runs those that take long
     */
    Looks(KeycloakSessionFactory sessions, Executor slow) {
        this.sessions = sessions;
        this.slow = slow;
    }

    /** Ends the waits that are over. */
    void look(Collection<Waiter> all) {
        List<Waiter> open = all.stream().filter(waiter -> !waiter.isOver()).toList();
        List<Waiter> quick = open.stream().filter(waiter -> !waiter.isSlow()).toList();
        if (!quick.isEmpty()) {
            KeycloakModelUtils.runJobInTransaction(
                    sessions,
                    session ->
                            lookAtDue(
                                    quick,
                                    new ChangeMarks(session)::read,
                                    due -> lookAtEach(session, due)));
        }
        open.stream()
                .filter(Waiter::isSlow)
                .filter(waiter -> waiter.isDue(waiter.waitsFor().look().every().orElseThrow()))
                .filter(Waiter::beginLook)
                .forEach(waiter -> slow.execute(() -> lookSlowly(waiter)));
    }

    /** The marks are read first: what falls after that changes them until the next time. */
    void lookAtDue(List<Waiter> quick, IntFunction<?> readMark, Consumer<List<Waiter>> lookAtEach) {
        Object[] now = new Object[ChangeMarks.COUNT];
        for (Waiter waiter : quick) {
            int mark = waiter.mark();
            if (now[mark] == null) {
                now[mark] = readMark.apply(mark);
            }
        }
        Duration seldom = seldom(quick.size());
        List<Waiter> due =
                quick.stream()
                        .filter(
                                waiter ->
                                        !now[waiter.mark()].equals(marks[waiter.mark()])
                                                || !waiter.wasLookedFor()
                                                || waiter.isDue(seldom))
                        .toList();
        lookAtEach.accept(due);
        due.forEach(Waiter::endLook);
        // not before: a look that failed is made again
        marks = now;
    }

    private static Duration seldom(int waiting) {
        Duration ofMany = Duration.ofSeconds(waiting).dividedBy(IN_A_SECOND);
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
