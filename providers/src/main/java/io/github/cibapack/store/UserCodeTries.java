// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Counts the user codes that a client tries for a user. A try takes a slot before the code is
 * looked at, so that tries at the same time on several nodes are counted as well; a right code
 * gives the slots back. Per client, so that no client can lock a user out for another one.
 *
 * <p>To be used in a transaction of its own: where the store is the database, a refused request
 * would take the count back.
 */
public final class UserCodeTries {
    private static final int TRIES = 5;
    private static final int BLOCK_SECONDS = 15 * 60;
    private static final long LONGEST_NANOS = 2_000_000_000L;
    private static final String NANOS = "nanos";

    private final SingleUseObjectProvider store;
    private final String key;

    public UserCodeTries(KeycloakSession session, String clientId, String userId) {
        this.store = session.singleUseObjects();
        // hashed, as ids of federated users can be longer than a key may be
        this.key = "ciba.usercode." + Hashes.sha256(clientId + " " + userId);
    }

    /** Whether a code may be tried. */
    public sealed interface Try {
        /** It may. */
        record Allowed() implements Try {}

        /**
         * None is left until the block ends.
         *
         * @param usualNanos what looking at a wrong code takes
         */
        record Blocked(long usualNanos) implements Try {}
    }

    /** Takes a try, if there is one left. */
    public Try take() {
        if (store.contains(blockKey())) {
            return blocked();
        }
        OptionalInt slot =
                IntStream.range(0, TRIES)
                        .filter(i -> store.putIfAbsent(slotKey(i), BLOCK_SECONDS))
                        .findFirst();
        if (slot.isPresent() && slot.getAsInt() == TRIES - 1) {
            // the last one: the block lasts from now, however old the first slots are
            store.putIfAbsent(blockKey(), BLOCK_SECONDS);
        }
        return slot.isPresent() ? new Try.Allowed() : blocked();
    }

    private Try blocked() {
        return new Try.Blocked(usualNanos().orElse(0));
    }

    /** What looking at a wrong code has taken, if one was looked at of late. */
    public OptionalLong usualNanos() {
        Map<String, String> notes = store.get(timeKey());
        return notes == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(Long.parseLong(notes.get(NANOS)), LONGEST_NANOS));
    }

    /** A code was wrong, and that took so long. */
    public void took(long nanos) {
        store.put(timeKey(), 2L * BLOCK_SECONDS, Map.of(NANOS, Long.toString(nanos)));
    }

    /** The code was right: the user starts anew. */
    public void giveBack() {
        store.remove(blockKey());
        IntStream.range(0, TRIES).forEach(i -> store.remove(slotKey(i)));
    }

    private String slotKey(int slot) {
        return key + "." + slot;
    }

    private String timeKey() {
        return key + ".time";
    }

    private String blockKey() {
        return key + ".block";
    }
}
