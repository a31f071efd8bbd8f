// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.store.StoreOutage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * The user session that a redemption has made. Keycloak's CIBA grant never joins a session that is
 * there, so nothing hangs on this one but the redemption's tokens and what was refreshed or
 * exchanged from them, offline tokens included: those keep the session's id. No access token, no
 * refresh token and no client session outlives it (RFC 7009 §2.1).
 */
public final class IssuedSession {

    /** What is being written at the same moment can appear after the first try. */
    private static final int TRIES = 10;

    /**
     * How often it must be found gone, and how long apart: a refresh that is under way writes back
     * the session that it has read.
     */
    private static final int LOOKS = 3;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final OwnTransaction own;
    private final String id;

    /**
     * The session with this id; keeps plain values and outlives the session that it is given.
     *
     * @param id of the user session, online or offline
     */
    public IssuedSession(KeycloakSession session, String id) {
        this.own = new OwnTransaction(session);
        this.id = id;
    }

    /** Whether any of its tokens can still be used. */
    public boolean isAlive() {
        return own.run(
                alone -> {
                    RealmModel realm = alone.getContext().getRealm();
                    return alone.sessions().getUserSession(realm, id) != null
                            || alone.sessions().getOfflineUserSession(realm, id) != null;
                });
    }

    /**
     * Ends it, online and offline, and looks whether it is gone.
     *
     * @return whether it is
     */
    public boolean end() {
        int gone = 0;
        for (int attempt = 0; attempt < TRIES && gone < LOOKS; attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            removeUnlessLocked();
            gone = isAlive() ? 0 : gone + 1;
        }
        return gone == LOOKS;
    }

    /** Of two that remove it at once, a database may end one: the other has removed it then. */
    private void removeUnlessLocked() {
        try {
            own.runIfRealmExists(this::remove);
        } catch (RuntimeException e) {
            if (!StoreOutage.isDeadlock(e)) {
                throw e;
            }
        }
    }

    private void remove(KeycloakSession alone) {
        RealmModel realm = alone.getContext().getRealm();
        UserSessionModel online = alone.sessions().getUserSession(realm, id);
        if (online != null) {
            alone.sessions().removeUserSession(realm, online);
        }
        UserSessionModel offline = alone.sessions().getOfflineUserSession(realm, id);
        if (offline != null) {
            alone.sessions().removeOfflineUserSession(realm, offline);
        }
        RootAuthenticationSessionModel login =
                alone.authenticationSessions().getRootAuthenticationSession(realm, id);
        if (login != null) {
            alone.authenticationSessions().removeRootAuthenticationSession(realm, login);
        }
    }
}
