// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The clients that may not ask a user for a while, because the user said "I did not start this".
 * How often that can be said is limited, as whoever holds the mail can say it.
 */
public final class ReportBlocks {

    /** Reports of one user that block within {@link #WINDOW_SECONDS}. */
    private static final int MOST_REPORTS = 5;

    private static final int WINDOW_SECONDS = 3600;

    private final RealmModel realm;
    private final SingleUseObjectProvider store;

    public ReportBlocks(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /** Whether a client may not ask a user now. */
    public boolean isBlocked(String clientId, String userId) {
        return store.get(key(clientId, userId)) != null;
    }

    /** Takes one of the reports that a user has; false where there is none left for now. */
    public boolean mayReport(String userId) {
        String user = Hashes.sha256(realm.getId() + " " + userId);
        return IntStream.range(0, MOST_REPORTS)
                .anyMatch(
                        number ->
                                store.putIfAbsent(
                                        "ciba.report." + user + "." + number, WINDOW_SECONDS));
    }

    /** Blocks a client for a user. */
    public void block(String clientId, String userId, int minutes) {
        store.put(key(clientId, userId), minutes * 60L, Map.of("blocked", "true"));
    }

    /** Lets the client ask again. */
    public void unblock(String clientId, String userId) {
        store.remove(key(clientId, userId));
    }

    private String key(String clientId, String userId) {
        return "ciba.blocked." + Hashes.sha256(realm.getId() + " " + clientId + " " + userId);
    }
}
