// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Tokens that are good for one use: on whichever node, at whichever endpoint, and whatever becomes
 * of the request that used one. Only hashes are kept.
 */
public final class ReplayCache {

    /** What kind of token; ids of different kinds never meet. */
    public enum Kind {
        CLIENT_ASSERTION,
        HINT_TOKEN,
        SIGNED_REQUEST,
        /** The link of a mail that verifies an address. */
        VERIFICATION_MAIL
    }

    /** What comes of the attempt to use one. */
    public enum Use {
        FIRST,
        REPEATED,
        /** So many tokens with a long life are in use that no more can be remembered. */
        TOO_MANY
    }

    /** Tokens that expire this soon cannot fill the memory, however many they are. */
    private static final int SHORT_SECONDS = 120;

    private final OwnTransaction own;
    private final String realmId;

    public ReplayCache(KeycloakSession session) {
        this.own = new OwnTransaction(session);
        this.realmId = session.getContext().getRealm().getId();
    }

    /**
     * Uses a token. In a transaction of its own: where the store is the database, a request that is
     * refused for another reason would give the token back.
     *
     * @param maker who chose the id
     * @param id what tells the token from the maker's others
     * @param seconds for how long it could be used again
     * @return whether this is its first use
     */
    public Use first(Kind kind, String maker, String id, long seconds) {
        String key = key(kind, maker, id);
        return own.run(alone -> first(alone.singleUseObjects(), key, maker, seconds));
    }

    /** Lets one be used once more: what it stood for has not come about. */
    public void forget(Kind kind, String maker, String id) {
        String key = key(kind, maker, id);
        own.run(alone -> alone.singleUseObjects().remove(key));
    }

    private String key(Kind kind, String maker, String id) {
        return "ciba.used." + kind + "." + Hashes.sha256(realmId + " " + maker + " " + id);
    }

    private Use first(SingleUseObjectProvider store, String key, String maker, long seconds) {
        if (store.contains(key)) {
            return Use.REPEATED;
        }
        if (seconds > SHORT_SECONDS
                && !new KeptMemory(store, realmId).takeForToken(maker, seconds)) {
            return Use.TOO_MANY;
        }
        return store.putIfAbsent(key, Math.max(1, seconds)) ? Use.FIRST : Use.REPEATED;
    }
}
