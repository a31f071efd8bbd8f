// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Shares the workers of a queue among realms, and those of a realm among its receivers, as any of
 * them may be slow. An attempt for which there is no turn left waits without a worker.
 */
final class Turns {
    private final Executor workers;
    private final Receivers receivers;
    private final Shares shares;

    /** What has waited longest for a turn comes first; who has had one goes to the end. */
    private final Map<Share, Queue<Runnable>> waiting = new LinkedHashMap<>();

    Turns(Executor workers, int number, Receivers receivers) {
        this.workers = workers;
        this.receivers = receivers;
        this.shares = new Shares(number);
    }

    /** Runs an attempt, now or when it has a turn; to be called by a worker. */
    void run(Share receiver, Runnable attempt) {
        begins(receiver, attempt).ifPresent(share -> inTurn(share, attempt));
    }

    private synchronized Optional<Share> begins(Share receiver, Runnable attempt) {
        Optional<Share> taken = waiting.containsKey(receiver) ? Optional.empty() : take(receiver);
        if (taken.isEmpty()) {
            waiting.computeIfAbsent(receiver, whose -> new ArrayDeque<>()).add(attempt);
        }
        return taken;
    }

    /** The share that has given a turn. */
    private Optional<Share> take(Share receiver) {
        return Optional.of(receivers.shareOf(receiver)).filter(share -> shares.take(share, 1));
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
        boolean someBegin;
        do {
            someBegin = false;
            for (Share receiver : List.copyOf(waiting.keySet())) {
                Optional<Share> taken = take(receiver);
                taken.ifPresent(turn -> begin(receiver, turn));
                someBegin |= taken.isPresent();
            }
        } while (someBegin);
    }

    private void begin(Share receiver, Share turn) {
        Queue<Runnable> itsAttempts = waiting.remove(receiver);
        Runnable attempt = itsAttempts.remove();
        if (!itsAttempts.isEmpty()) {
            waiting.put(receiver, itsAttempts);
        }
        workers.execute(() -> inTurn(turn, attempt));
    }
}
