// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.store.ChangeMarks;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEventListener;

/**
 * Tells the other nodes of this one's decisions, by marks in the store: there is one of these on a
 * node. Nobody waits for it, and decisions that arrive together cost one transaction. If it fails,
 * those who wait on other nodes notice a little later.
 */
public final class DecisionMarks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DecisionMarks.class);

    private final KeycloakSessionFactory sessions;
    private final Set<Integer> unwritten = ConcurrentHashMap.newKeySet();
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Continuations.threadsNamed("ciba-decisions"));
    private final ProviderEventListener decisions = RequestEvent.listener(this::mark);

    /** Marks decisions from now on. */
    public DecisionMarks(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
        sessions.register(decisions);
    }

    private void mark(RequestEvent event) {
        if (event instanceof RequestEvent.Decided
                && unwritten.add(ChangeMarks.number(event.request().id()))) {
            writer.execute(this::write);
        }
    }

    private void write() {
        SortedSet<Integer> numbers = new TreeSet<>(unwritten);
        // before they are written: a decision from now on may come too late for this transaction
        unwritten.removeAll(numbers);
        if (numbers.isEmpty()) {
            return;
        }
        try {
            KeycloakModelUtils.runJobInTransaction(
                    sessions, session -> new ChangeMarks(session).change(numbers));
        } catch (RuntimeException e) {
            LOG.debugf("Decisions could not be marked: %s", e.getClass().getName());
        }
    }

    @Override
    public void close() {
        sessions.unregister(decisions);
        writer.shutdown();
    }
}
