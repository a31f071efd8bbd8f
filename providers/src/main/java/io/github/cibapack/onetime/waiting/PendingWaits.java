// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.waiting;

import io.github.cibapack.store.AfterCommit;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The checks of this node that wait for a decision. A waiter is an entry in a map: one thread for
 * all of them looks into the store a few times in a second, in one session, whichever node the
 * decision is made on. Nothing is lost with a node but the waiting: the transactions are in the
 * store.
 */
public final class PendingWaits implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PendingWaits.class);

    private static final Duration TICK = Duration.ofMillis(250);

    private final KeycloakSessionFactory sessions;
    private final int most;
    private final Map<String, Waiter> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock;
    private final ScheduledFuture<?> ticks;
    private final GatewayExecutors executors;
    private volatile boolean open = true;

    /**
     * A place to wait.
     *
     * @param executors where looking takes long
     * @param most checks that may wait at a time on this node
     */
    public PendingWaits(KeycloakSessionFactory sessions, GatewayExecutors executors, int most) {
        this.sessions = sessions;
        this.executors = executors;
        this.most = most;
        this.clock =
                Executors.newSingleThreadScheduledExecutor(
                        GatewayExecutors.threadsNamed("ciba-waiters"));
        this.ticks =
                clock.scheduleWithFixedDelay(
                        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Waiter(
            String realmId,
            Predicate<KeycloakSession> over,
            boolean slow,
            long everyNanos,
            long deadline,
            AtomicLong next,
            AtomicBoolean looking,
            GatewayConnection connection,
            CompletableFuture<Boolean> done) {

        boolean isOver() {
            return done.isDone() || !connection.isOpen();
        }
    }

    /**
     * What a check waits for.
     *
     * @param key what tells it from others: there is one waiter for each
     * @param realmId internal id of the realm
     * @param over whether the wait is over; in a session of its own, with the realm set
     * @param slow whether looking takes long: then it is done by a worker, and less often
     * @param every least time between two looks, where looking takes long
     * @param longest after which the wait is over in any case
     */
    public record Wait(
            String key,
            String realmId,
            Predicate<KeycloakSession> over,
            boolean slow,
            Duration every,
            Duration longest) {}

    /**
     * Whether there is a place. A transaction has one, however often it is repeated, so that the
     * caps of pending requests are a cap of waiters, too. The number of all may be exceeded by as
     * many as come at the same moment.
     */
    public boolean hasPlaceFor(String key) {
        return open && waiting.size() < most && !waiting.containsKey(key);
    }

    /** How many wait. */
    public int count() {
        return waiting.size();
    }

    /**
     * Waits, without a thread, from the moment that the session has committed what is waited for.
     *
     * @param connection of who waits: there is no end to wait for where nobody is left
     * @return whether it is over: not so where the time is up or the server stops; fails where the
     *     session does
     */
    public CompletableFuture<Boolean> await(
            KeycloakSession session, Wait wait, GatewayConnection connection) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Waiter waiter = waiter(wait, connection, done);
        connection.whenClosed(() -> waiting.remove(wait.key(), waiter));
        AfterCommit.run(
                session,
                () -> enter(wait.key(), waiter),
                () ->
                        done.completeExceptionally(
                                new IllegalStateException("There is nothing to wait for")));
        return done.whenComplete((over, failure) -> waiting.remove(wait.key(), waiter));
    }

    /** The client may have gone before, and the server may have begun to stop. */
    private void enter(String key, Waiter waiter) {
        if (waiting.putIfAbsent(key, waiter) != null || !open) {
            waiter.done().complete(false);
        }
        if (!waiter.connection().isOpen()) {
            waiting.remove(key, waiter);
        }
    }

    private static Waiter waiter(
            Wait wait, GatewayConnection connection, CompletableFuture<Boolean> done) {
        long now = System.nanoTime();
        return new Waiter(
                wait.realmId(),
                wait.over(),
                wait.slow(),
                wait.every().toNanos(),
                connection.since() + wait.longest().toNanos(),
                new AtomicLong(now + wait.every().toNanos()),
                new AtomicBoolean(),
                connection,
                done);
    }

    private void tick() {
        try {
            long now = System.nanoTime();
            Collection<Waiter> all = List.copyOf(waiting.values());
            all.stream()
                    .filter(waiter -> now - waiter.deadline() >= 0)
                    .forEach(waiter -> waiter.done().complete(false));
            List<Waiter> quick =
                    all.stream()
                            .filter(waiter -> !waiter.slow())
                            .filter(waiter -> !waiter.isOver())
                            .toList();
            if (!quick.isEmpty()) {
                look(quick);
            }
            all.stream()
                    .filter(Waiter::slow)
                    .filter(waiter -> now - waiter.next().get() >= 0)
                    .filter(waiter -> waiter.looking().compareAndSet(false, true))
                    .forEach(waiter -> executors.remoteLooks().execute(() -> lookSlowly(waiter)));
        } catch (Throwable e) {
            // a task that throws would never run again; the next tick tries anew
            LOG.warnf("Looking for decisions failed: %s", e.getClass().getName());
        }
    }

    /** One look at a time, however long it takes. */
    private void lookSlowly(Waiter waiter) {
        try {
            if (!waiter.isOver()) {
                look(List.of(waiter));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Looking for a decision failed: %s", e.getClass().getName());
        } finally {
            waiter.next().set(System.nanoTime() + waiter.everyNanos());
            waiter.looking().set(false);
        }
    }

    private void look(List<Waiter> waiters) {
        Map<String, List<Waiter>> byRealm =
                waiters.stream().collect(Collectors.groupingBy(Waiter::realmId));
        KeycloakModelUtils.runJobInTransaction(
                sessions, session -> byRealm.forEach((id, ofRealm) -> look(session, id, ofRealm)));
    }

    private static void look(KeycloakSession session, String realmId, List<Waiter> waiters) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        for (Waiter waiter : waiters) {
            if (realm == null || isOver(session, waiter)) {
                waiter.done().complete(true);
            }
        }
    }

    /** Where nobody can tell, the wait ends, and its caller is told so. */
    private static boolean isOver(KeycloakSession session, Waiter waiter) {
        try {
            return waiter.over().test(session);
        } catch (RuntimeException e) {
            LOG.debugf("A wait ends with %s", e.getClass().getName());
            return true;
        }
    }

    /** Ends all waits: their callers are told to ask again, elsewhere. */
    public void release() {
        open = false;
        waiting.values().forEach(waiter -> waiter.done().complete(false));
    }

    @Override
    public void close() {
        release();
        ticks.cancel(false);
        clock.shutdownNow();
    }
}
