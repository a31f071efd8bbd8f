// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.OptionalInt;
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

    private final SingleUseObjectProvider store;
    private final String key;

    public UserCodeTries(KeycloakSession session, String clientId, String userId) {
        this.store = session.singleUseObjects();
        // hashed, as ids of federated users can be longer than a key may be
        this.key = "ciba.usercode." + Hashes.sha256(clientId + " " + userId);
    }

    /** Takes a try; false where there is none left until the block ends. */
    public boolean take() {
        if (store.contains(blockKey())) {
            return false;
        }
        OptionalInt slot =
                IntStream.range(0, TRIES)
                        .filter(i -> store.putIfAbsent(slotKey(i), BLOCK_SECONDS))
                        .findFirst();
        if (slot.isPresent() && slot.getAsInt() == TRIES - 1) {
            // the last one: the block lasts from now, however old the first slots are
            store.putIfAbsent(blockKey(), BLOCK_SECONDS);
        }
        return slot.isPresent();
    }

    /** The code was right: the user starts anew. */
    public void giveBack() {
        store.remove(blockKey());
        IntStream.range(0, TRIES).forEach(i -> store.remove(slotKey(i)));
    }

    private String slotKey(int slot) {
        return key + "." + slot;
    }

    private String blockKey() {
        return key + ".block";
    }
}
