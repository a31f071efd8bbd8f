// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.store.AfterCommit;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
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
import org.keycloak.provider.ProviderEventListener;

/**
 * The calls of this node that wait for a decision. A waiter is an entry in a map. A decision on
 * this node wakes its waiter after the commit; for those that other nodes make, one thread for all
 * looks into the store a few times in a second, in one session. Nothing is lost with a node but the
 * waiting: requests are in the store.
 */
public final class PendingWaits implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PendingWaits.class);

    private static final Duration TICK = Duration.ofMillis(250);

    private final KeycloakSessionFactory sessions;
    private final Map<String, Waiter> waiting = new ConcurrentHashMap<>();
    private final Map<String, Set<Waiter>> byRequest = new ConcurrentHashMap<>();
    private final WaitPlaces.Taken places;
    private final Executor slowLooks;
    private final ProviderEventListener decisions = RequestEvent.listener(this::wake);
    private final ScheduledExecutorService clock;
    private final List<ScheduledFuture<?>> ticks;
    private volatile boolean open = true;

    /**
     * A place to wait.
     *
     * @param slowLooks runs looks that take long
     * @param places how many may wait at a time on this node
     */
    public PendingWaits(KeycloakSessionFactory sessions, Executor slowLooks, WaitPlaces places) {
        this.sessions = sessions;
        this.slowLooks = slowLooks;
        this.places = new WaitPlaces.Taken(places);
        this.clock =
                Executors.newScheduledThreadPool(2, Continuations.threadsNamed("ciba-waiters"));
        this.ticks = List.of(every(this::endLate), every(this::lookForAll));
        sessions.register(decisions);
    }

    private ScheduledFuture<?> every(Runnable task) {
        return clock.scheduleWithFixedDelay(
                task, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Waiter(
            Wait waitsFor,
            long deadline,
            AtomicLong next,
            AtomicBoolean looking,
            HeldConnection connection,
            CompletableFuture<WaitEnd> done) {

        boolean isOver() {
            return done.isDone() || !connection.isOpen();
        }

        boolean isSlow() {
            return waitsFor.look().every().isPresent();
        }
    }

    /**
     * What a call waits for.
     *
     * @param key what tells it from others: there is one waiter for each
     * @param realmId internal id of the realm
     * @param clientId internal id of the client that is waited for, or of what stands for one
     * @param requestId of the request whose decision on this node ends the wait; empty if another
     *     server knows the request
     * @param look how decisions of other nodes are found
     * @param longest after which the wait is over in any case
     */
    public record Wait(
            String key,
            String realmId,
            String clientId,
            Optional<String> requestId,
            Look look,
            Duration longest) {}

    /**
     * A look whether the wait is over.
     *
     * @param over tells it; in a session of its own, with the realm set
     * @param every least time between two looks, if looking takes long: then a worker does it
     */
    public record Look(Predicate<KeycloakSession> over, Optional<Duration> every) {}

    /** Whether a call may begin to wait: there is one waiter for each key. */
    public boolean hasPlaceFor(String key) {
        return open && places.anyLeft() && !waiting.containsKey(key);
    }

    public int count() {
        return waiting.size();
    }

    /**
     * Waits, without a thread, from the moment that the session has committed what is waited for.
     *
     * @param connection of who waits: there is no end to wait for where nobody is left
     * @return how it ended; fails if the session does
     */
    public CompletableFuture<WaitEnd> await(
            KeycloakSession session, Wait wait, HeldConnection connection) {
        CompletableFuture<WaitEnd> done = new CompletableFuture<>();
        Waiter waiter = waiter(wait, connection, done);
        connection.whenClosed(() -> leave(waiter));
        AfterCommit.run(
                session,
                () -> enter(waiter),
                () ->
                        done.completeExceptionally(
                                new IllegalStateException("There is nothing to wait for")));
        return done.whenComplete((end, failure) -> leave(waiter));
    }

    /**
     * The caller may have gone before, the server may have begun to stop, and the decision may fall
     * at this moment.
     */
    private void enter(Waiter waiter) {
        if (!places.take(waiter.waitsFor())) {
            waiter.done().complete(WaitEnd.CUT_SHORT);
            return;
        }
        waiter.waitsFor().requestId().ifPresent(id -> addTo(id, waiter));
        if (waiting.putIfAbsent(waiter.waitsFor().key(), waiter) != null) {
            places.giveBack(waiter.waitsFor());
            waiter.done().complete(WaitEnd.CUT_SHORT);
            return;
        }
        if (!open) {
            waiter.done().complete(WaitEnd.CUT_SHORT);
        }
        if (waiter.isOver()) {
            leave(waiter);
        }
    }

    private void leave(Waiter waiter) {
        waiter.waitsFor().requestId().ifPresent(id -> removeFrom(id, waiter));
        if (waiting.remove(waiter.waitsFor().key(), waiter)) {
            places.giveBack(waiter.waitsFor());
        }
    }

    private void addTo(String requestId, Waiter waiter) {
        byRequest.compute(
                requestId,
                (id, others) -> {
                    Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                    all.add(waiter);
                    return all;
                });
    }

    private void removeFrom(String requestId, Waiter waiter) {
        byRequest.computeIfPresent(
                requestId, (id, all) -> all.remove(waiter) && all.isEmpty() ? null : all);
    }

    private static Waiter waiter(
            Wait wait, HeldConnection connection, CompletableFuture<WaitEnd> done) {
        long next = System.nanoTime() + wait.look().every().map(Duration::toNanos).orElse(0L);
        return new Waiter(
                wait,
                connection.since() + wait.longest().toNanos(),
                new AtomicLong(next),
                new AtomicBoolean(),
                connection,
                done);
    }

    private void wake(RequestEvent event) {
        if (!(event instanceof RequestEvent.Decided)) {
            return;
        }
        byRequest
                .getOrDefault(event.request().id(), Set.of())
                .forEach(waiter -> waiter.done().complete(WaitEnd.OVER));
    }

    /** On a thread of its own: a store that hangs lets nobody wait for longer. */
    private void endLate() {
        long now = System.nanoTime();
        waiting.values().stream()
                .filter(waiter -> now - waiter.deadline() >= 0)
                .forEach(waiter -> waiter.done().complete(WaitEnd.TIME_UP));
    }

    private void lookForAll() {
        try {
            long now = System.nanoTime();
            Collection<Waiter> all = List.copyOf(waiting.values());
            List<Waiter> quick =
                    all.stream()
                            .filter(waiter -> !waiter.isSlow())
                            .filter(waiter -> !waiter.isOver())
                            .toList();
            if (!quick.isEmpty()) {
                look(quick);
            }
            all.stream()
                    .filter(Waiter::isSlow)
                    .filter(waiter -> now - waiter.next().get() >= 0)
                    .filter(waiter -> waiter.looking().compareAndSet(false, true))
                    .forEach(waiter -> slowLooks.execute(() -> lookSlowly(waiter)));
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
            waiter.next()
                    .set(
                            System.nanoTime()
                                    + waiter.waitsFor().look().every().orElseThrow().toNanos());
            waiter.looking().set(false);
        }
    }

    private void look(List<Waiter> waiters) {
        Map<String, List<Waiter>> byRealm =
                waiters.stream()
                        .collect(Collectors.groupingBy(waiter -> waiter.waitsFor().realmId()));
        KeycloakModelUtils.runJobInTransaction(
                sessions, session -> byRealm.forEach((id, ofRealm) -> look(session, id, ofRealm)));
    }

    private static void look(KeycloakSession session, String realmId, List<Waiter> waiters) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        for (Waiter waiter : waiters) {
            if (realm == null || isOver(session, waiter)) {
                waiter.done().complete(WaitEnd.OVER);
            }
        }
    }

    /** Where nobody can tell, the wait ends, and its caller is told so. */
    private static boolean isOver(KeycloakSession session, Waiter waiter) {
        try {
            return waiter.waitsFor().look().over().test(session);
        } catch (RuntimeException e) {
            LOG.debugf("A wait ends with %s", e.getClass().getName());
            return true;
        }
    }

    /** Ends all waits: their callers are told to ask again, elsewhere. */
    public void release() {
        open = false;
        waiting.values().forEach(waiter -> waiter.done().complete(WaitEnd.CUT_SHORT));
    }

    @Override
    public void close() {
        release();
        sessions.unregister(decisions);
        ticks.forEach(task -> task.cancel(false));
        clock.shutdownNow();
    }
}
