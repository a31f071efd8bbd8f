// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.store.AfterCommit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEventListener;

/**
 * The calls of this node that wait for a decision. A waiter is an entry in a map. A decision on
 * this node wakes its waiter after the commit; for those that other nodes make, one thread for all
 * {@linkplain Looks looks} into the store a few times in a second, in one session. Nothing is lost
 * with a node but the waiting: requests are in the store.
 */
public final class PendingWaits implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PendingWaits.class);

    /** Between two looks. With what a look takes, within a quarter of a second of the decision. */
    private static final Duration TICK = Duration.ofMillis(200);

    private final KeycloakSessionFactory sessions;
    private final Waiters waiting = new Waiters();
    private final WaitPlaces.Taken places;
    private final Looks looks;
    private final ProviderEventListener decisions = RequestEvent.listener(this::wake);
    private final ScheduledThreadPoolExecutor clock;
    private final Future<?> ticks;
    private volatile boolean open = true;

    /**
     * A place to wait.
     *
     * @param slowLooks runs looks that take long
     * @param places how many may wait at a time on this node
     */
    public PendingWaits(KeycloakSessionFactory sessions, Executor slowLooks, WaitPlaces places) {
        this.sessions = sessions;
        this.looks = new Looks(sessions, slowLooks, waiting, new MarkTurns(System::nanoTime));
        this.places = new WaitPlaces.Taken(places);
        // a look that hangs has a thread, and lets nobody wait for longer
        this.clock =
                new ScheduledThreadPoolExecutor(
                        2,
                        Continuations.threadsNamed("ciba-waiters"),
                        // who comes when it is shut down is told so at once
                        new ThreadPoolExecutor.DiscardPolicy());
        clock.setRemoveOnCancelPolicy(true);
        this.ticks =
                clock.scheduleWithFixedDelay(
                        this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        sessions.register(decisions);
    }

    /**
     * What a call waits for.
     *
     * @param key what tells it from others: there is one waiter for each
     * @param realmId internal id of the realm
     * @param clientId internal id of the client that is waited for, or of what stands for one
     * @param requestId of the request whose decision ends the wait; empty if another server knows
     *     the request, and every look takes long
     * @param look how it is found that the wait is over
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
        return open && places.anyLeft() && !waiting.has(key);
    }

    public int count() {
        return waiting.count();
    }

    /**
     * Waits, without a thread, from the moment that the session has committed what is waited for.
     *
     * @param connection of who waits: there is no end to wait for where nobody is left
     * @return how it ended; fails if the session does
     */
    public CompletableFuture<WaitEnd> await(
            KeycloakSession session, Wait wait, HeldConnection connection) {
        Waiter waiter = new Waiter(wait, connection);
        connection.whenClosed(() -> leave(waiter));
        AfterCommit.run(
                session,
                () -> enter(waiter),
                () ->
                        waiter.done()
                                .completeExceptionally(
                                        new IllegalStateException("There is nothing to wait for")));
        return waiter.done().whenComplete((end, failure) -> leave(waiter));
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
        if (!waiting.add(waiter)) {
            places.giveBack(waiter.waitsFor());
            waiter.done().complete(WaitEnd.CUT_SHORT);
            return;
        }
        if (!open) {
            waiter.done().complete(WaitEnd.CUT_SHORT);
        }
        waiter.endInTime(clock, new EndTimes(waiting.count()));
        if (waiter.isOver()) {
            leave(waiter);
        }
    }

    private void leave(Waiter waiter) {
        waiter.cancelTimer();
        if (waiting.remove(waiter)) {
            places.giveBack(waiter.waitsFor());
        }
    }

    private void wake(RequestEvent event) {
        if (!(event instanceof RequestEvent.Decided)) {
            return;
        }
        waiting.of(event.request().id()).forEach(waiter -> waiter.done().complete(WaitEnd.OVER));
    }

    private void look() {
        try {
            looks.look();
        } catch (Throwable e) {
            // a task that throws would never run again; the next one tries anew
            LOG.warnf("Looking for decisions failed: %s", e.getClass().getName());
        }
    }

    /** Ends all waits: their callers are told to ask again, elsewhere. */
    public void release() {
        open = false;
        waiting.all().forEach(waiter -> waiter.done().complete(WaitEnd.CUT_SHORT));
    }

    @Override
    public void close() {
        release();
        sessions.unregister(decisions);
        ticks.cancel(false);
        clock.shutdownNow();
    }
}
