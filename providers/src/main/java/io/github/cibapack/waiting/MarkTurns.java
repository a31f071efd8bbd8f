// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whose turn it is to be looked at, changed or not: each mark once in a round, however much time is
 * between two looks.
 */
final class MarkTurns {
    private final LongSupplier nanoTime;
    private int next;
    private long until;

    MarkTurns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
    }

    /**
     * Some marks, one after the other.
     *
     * @param first the first one
     * @param many how many
     * @param until the time for which they have their turn
     */
    record Turn(int first, int many, long until) {
        boolean has(int mark) {
            return Math.floorMod(mark - first, ChangeMarks.COUNT) < many;
        }
    }

    /** The marks whose turn it is now. */
    Turn now(Duration round) {
        long now = nanoTime.getAsLong();
        long elapsed = Math.min(now - until, round.toNanos());
        long many = elapsed * ChangeMarks.COUNT / round.toNanos();
        long used = many * round.toNanos() / ChangeMarks.COUNT;
        return new Turn(next, (int) many, now - elapsed + used);
    }

    /** They have had their turn. */
    void done(Turn turn) {
        next = (turn.first() + turn.many()) % ChangeMarks.COUNT;
        until = turn.until();
    }
}
