// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.store.ChangeMarks;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells the other nodes of this one's decisions, by marks in the store: there is one of these on a
 * node. Nobody waits for it, and decisions that arrive together cost one transaction. If it fails,
 * the marks come with those of the next decision; those who wait on other nodes may notice before.
 */
public final class DecisionMarks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DecisionMarks.class);
    private static final long PATIENCE_SECONDS = 1;
    private static final NavigableSet<Integer> ANY = new TreeSet<>(Set.of(ChangeMarks.OF_ANY));

    private final Consumer<NavigableSet<Integer>> store;
    private final Set<Integer> unwritten = ConcurrentHashMap.newKeySet();

    /** One task that has not begun is enough: it writes all that there is. */
    private final ExecutorService writer =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(1),
                    Continuations.threadsNamed("ciba-decisions"),
                    new ThreadPoolExecutor.DiscardPolicy());

    public DecisionMarks(KeycloakSessionFactory sessions) {
        this(
                numbers ->
                        KeycloakModelUtils.runJobInTransaction(
                                sessions, session -> new ChangeMarks(session).change(numbers)));
    }

    DecisionMarks(Consumer<NavigableSet<Integer>> store) {
        this.store = store;
    }

    /** Marks a decision, soon; passes over all other events. */
    public void mark(RequestEvent event) {
        if (event instanceof RequestEvent.Decided) {
            mark(event.request().id());
        }
    }

    void mark(String requestId) {
        unwritten.add(ChangeMarks.number(requestId));
        writer.execute(this::write);
    }

    private void write() {
        NavigableSet<Integer> numbers = new TreeSet<>(unwritten);
        // before they are written: a decision from now on may come too late for this transaction
        unwritten.removeAll(numbers);
        if (numbers.isEmpty()) {
            return;
        }
        try {
            store.accept(numbers);
            // in a transaction of its own: who sees this one changed sees the others changed
            store.accept(ANY);
        } catch (RuntimeException e) {
            unwritten.addAll(numbers);
            LOG.debugf("Decisions could not be marked: %s", e.getClass().getName());
        }
    }

    /** Waits a little for the last marks. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("The last decisions were not marked before the server stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
