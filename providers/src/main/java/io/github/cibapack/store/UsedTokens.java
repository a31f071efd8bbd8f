// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/** Tokens that are good for one use, on whichever node. */
public final class UsedTokens {
    private final RealmModel realm;
    private final SingleUseObjectProvider store;

    public UsedTokens(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /**
     * Marks a token as used.
     *
     * @param id what tells the token from all others of the realm; kept as a hash
     * @param expiresAt until when it could be used, in seconds since the epoch
     * @return whether this is its first use
     */
    public boolean first(String id, long expiresAt) {
        long lifespan = Math.max(1, expiresAt - Time.currentTimeSeconds() + 1);
        return store.putIfAbsent("ciba.used." + Hashes.sha256(realm.getId() + " " + id), lifespan);
    }
}
