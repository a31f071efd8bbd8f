// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.models.KeycloakSession;

/**
 * Counts the user codes that a client tries for a user. A try takes a slot before the code is
 * looked at, so that tries at the same time on several nodes are counted as well; a right code
 * gives the slots back. Per client, so that no client can lock a user out for another one.
 *
 * <p>To be used in a transaction of its own: where the store is the database, a refused request
 * would take the count back.
 */
public final class UserCodeTries {
    static final int TRIES = 5;
    static final int BLOCK_SECONDS = 15 * 60;

    private static final long LONGEST_NANOS = 2_000_000_000L;
    private static final String NANOS = "nanos";

    private final NumberedSlots slots;
    private final String tries;
    private final String block;

    public UserCodeTries(KeycloakSession session, String clientId, String userId) {
        this(new NumberedSlots(session), clientId, userId);
    }

    UserCodeTries(NumberedSlots slots, String clientId, String userId) {
        this.slots = slots;
        this.tries = slots.counter("user code", clientId, userId);
        this.block = tries + ".block";
    }

    /**
     * Takes a try, if there is one left.
     *
     * @return empty if a code may be tried; else none may until the block ends, and looking at a
     *     wrong one takes so many nanoseconds
     */
    public OptionalLong takeOrBlock() {
        if (slots.isClosed(block)) {
            return blocked();
        }
        Optional<String> slot = slots.take(tries, TRIES, BLOCK_SECONDS);
        if (slot.filter(NumberedSlots.slot(tries, TRIES - 1)::equals).isPresent()) {
            // the last one: the block lasts from now, however old the first slots are
            slots.close(block, BLOCK_SECONDS);
        }
        return slot.isPresent() ? OptionalLong.empty() : blocked();
    }

    private OptionalLong blocked() {
        return OptionalLong.of(usualNanos().orElse(0));
    }

    /** What looking at a wrong code has taken, if one was looked at of late. */
    public OptionalLong usualNanos() {
        return slots.notes(tries)
                .map(notes -> Long.parseLong(notes.get(NANOS)))
                .map(nanos -> OptionalLong.of(Math.min(nanos, LONGEST_NANOS)))
                .orElseGet(OptionalLong::empty);
    }

    /** A code was wrong, and that took so long. */
    public void took(long nanos) {
        slots.note(tries, 2L * BLOCK_SECONDS, Map.of(NANOS, Long.toString(nanos)));
    }

    /** The code was right: the user starts anew. */
    public void giveBack() {
        slots.release(block);
        slots.reset(tries, TRIES);
    }
}
