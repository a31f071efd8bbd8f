// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Shares the workers of a queue among realms, as the servers that one of them calls may be slow. An
 * attempt whose realm has no turn left waits without a worker.
 */
final class Turns {
    private final Executor workers;
    private final Shares shares;

    /** The realm that has waited longest for a turn comes first. */
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

    Turns(Executor workers, int number) {
        this.workers = workers;
        this.shares = new Shares(number);
    }

    /** Runs an attempt, now or when its realm has a turn; to be called by a worker. */
    void run(String realmId, Runnable attempt) {
        if (begins(realmId, attempt)) {
            inTurn(realmId, attempt);
        }
    }

    private synchronized boolean begins(String realmId, Runnable attempt) {
        if (!waiting.containsKey(realmId) && shares.take(realmId, 1)) {
            return true;
        }
        waiting.computeIfAbsent(realmId, id -> new ArrayDeque<>()).add(attempt);
        return false;
    }

    private void inTurn(String realmId, Runnable attempt) {
        try {
            attempt.run();
        } finally {
            end(realmId);
        }
    }

    private synchronized void end(String realmId) {
        shares.giveBack(realmId, 1);
        List<String> next;
        do {
            next =
                    List.copyOf(waiting.keySet()).stream()
                            .filter(realm -> shares.take(realm, 1))
                            .toList();
            next.forEach(this::begin);
        } while (!next.isEmpty());
    }

    private void begin(String realmId) {
        Queue<Runnable> ofRealm = waiting.remove(realmId);
        Runnable attempt = ofRealm.remove();
        if (!ofRealm.isEmpty()) {
            waiting.put(realmId, ofRealm);
        }
        workers.execute(() -> inTurn(realmId, attempt));
    }
}
