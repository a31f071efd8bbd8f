// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Shares the workers of a queue among realms, and those of a realm among its receivers, as any of
 * them may be slow. An attempt for which there is no turn left waits without a worker.
 */
final class Turns {
    private final Executor workers;
    private final Shares shares;

    /** What has waited longest for a turn comes first; who has had one goes to the end. */
    private final Map<Share, Queue<Runnable>> waiting = new LinkedHashMap<>();

    Turns(Executor workers, int number) {
        this.workers = workers;
        this.shares = new Shares(number);
    }

    /** Runs an attempt, now or when it has a turn; to be called by a worker. */
    void run(Share share, Runnable attempt) {
        if (begins(share, attempt)) {
            inTurn(share, attempt);
        }
    }

    private synchronized boolean begins(Share share, Runnable attempt) {
        if (!waiting.containsKey(share) && shares.take(share, 1)) {
            return true;
        }
        waiting.computeIfAbsent(share, whose -> new ArrayDeque<>()).add(attempt);
        return false;
    }

    private void inTurn(Share share, Runnable attempt) {
        try {
            attempt.run();
        } finally {
            end(share);
        }
    }

    private synchronized void end(Share share) {
        shares.giveBack(share, 1);
        List<Share> next;
        do {
            next =
                    List.copyOf(waiting.keySet()).stream()
                            .filter(whose -> shares.take(whose, 1))
                            .toList();
            next.forEach(this::begin);
        } while (!next.isEmpty());
    }

    private void begin(Share share) {
        Queue<Runnable> itsAttempts = waiting.remove(share);
        Runnable attempt = itsAttempts.remove();
        if (!itsAttempts.isEmpty()) {
            waiting.put(share, itsAttempts);
        }
        workers.execute(() -> inTurn(share, attempt));
    }
}
