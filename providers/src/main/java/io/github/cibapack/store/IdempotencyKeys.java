// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The keys by which relying parties mark the repetition of a call, over all nodes. A key is claimed
 * with {@code putIfAbsent} in a transaction of its own, so that a second call finds the claim at
 * once; what came of the call is kept with the call's own transaction. Keys are kept as hashes.
 */
public final class IdempotencyKeys {

    /** Longer than any start takes; a node that dies in it holds its keys for so long. */
    private static final int TURN_SECONDS = 60;

    private final SingleUseObjectProvider store;
    private final OwnTransaction own;
    private final String realmId;

    public IdempotencyKeys(KeycloakSession session) {
        this.store = session.singleUseObjects();
        this.own = new OwnTransaction(session);
        this.realmId = session.getContext().getRealm().getId();
    }

    /** What comes of the attempt to claim a key. */
    public sealed interface Claim {

        /** The call is the first under its key, or the one before came to nothing. */
        record First() implements Claim {}

        /** Another call under the key is on its way. */
        record InUse() implements Claim {}

        /**
         * A call under the key has succeeded.
         *
         * @param kept what was kept of it
         */
        record Answered(Map<String, String> kept) implements Claim {}
    }

    /**
     * Claims a key.
     *
     * @param clientId internal id of the client whose key it is
     */
    public Claim claim(String clientId, String key) {
        String name = name(clientId, key);
        return own.run(alone -> claim(alone.singleUseObjects(), name));
    }

    private static Claim claim(SingleUseObjectProvider store, String name) {
        Optional<Claim> before = answered(store, name);
        if (before.isPresent()) {
            return before.get();
        }
        boolean first = store.putIfAbsent(turn(name), TURN_SECONDS);
        // the call that held the claim may have come to its end in between
        return answered(store, name).orElseGet(() -> first ? new Claim.First() : new Claim.InUse());
    }

    private static Optional<Claim> answered(SingleUseObjectProvider store, String name) {
        return new Entries(store).get(name).map(Claim.Answered::new);
    }

    /**
     * Keeps what came of a call, with the transaction at hand.
     *
     * @param lifespan in seconds
     * @param notes of bounded length
     */
    public void keep(String clientId, String key, int lifespan, Map<String, String> notes) {
        new Entries(store).put(name(clientId, key), lifespan, notes);
    }

    /** Gives up the claim of a call that has come to nothing. */
    public void release(String clientId, String key) {
        String name = name(clientId, key);
        own.run(alone -> alone.singleUseObjects().remove(turn(name)));
    }

    private String name(String clientId, String key) {
        return "ciba.idempotency." + Hashes.sha256(realmId + " " + clientId + " " + key);
    }

    private static String turn(String name) {
        return name + ".turn";
    }
}
