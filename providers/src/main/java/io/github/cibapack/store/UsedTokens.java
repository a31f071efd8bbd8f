// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tokens that are good for one use: on whichever node, at whichever endpoint, and whatever becomes
 * of the request that used one. Only hashes are kept.
 */
public final class UsedTokens {

    /** What kind of token; ids of different kinds never meet. */
    public enum Kind {
        CLIENT_ASSERTION,
        HINT_TOKEN,
        SIGNED_REQUEST
    }

    private final KeycloakSessionFactory sessions;
    private final String realmId;

    public UsedTokens(KeycloakSession session) {
        this.sessions = session.getKeycloakSessionFactory();
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
    public boolean first(Kind kind, String maker, String id, long seconds) {
        String key = "ciba.used." + kind + "." + Hashes.sha256(realmId + " " + maker + " " + id);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, alone -> alone.singleUseObjects().putIfAbsent(key, Math.max(1, seconds)));
    }
}
