// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.ModelException;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Runs inside the server: may tell everybody who takes a key that they were first, and meets a
 * deadlock, as a database may, with one request of one client.
 */
final class BrokenStore implements SingleUseObjectProvider {
    /** Of Keycloak's device codes. */
    private static final String CLIENT = "cid";

    private static final String REALM = "rid";

    /** The same in those of the pack's own requests. */
    private static final String HIDDEN_REALM = "hidden_rid";

    private final SingleUseObjectProvider real;
    private final boolean letsAllWin;
    private final Set<String> deadlocked;

    /**
     * Breaks a store.
     *
     * @param deadlocked the realms whose deadlock has been
     */
    BrokenStore(SingleUseObjectProvider real, boolean letsAllWin, Set<String> deadlocked) {
        this.real = real;
        this.letsAllWin = letsAllWin;
        this.deadlocked = deadlocked;
    }

    @Override
    public boolean putIfAbsent(String key, long lifespanInSeconds) {
        return real.putIfAbsent(key, lifespanInSeconds) || letsAllWin;
    }

    @Override
    public void put(String key, long lifespanSeconds, Map<String, String> notes) {
        real.put(key, lifespanSeconds, notes);
    }

    @Override
    public Map<String, String> get(String key) {
        return real.get(key);
    }

    @Override
    public Map<String, String> remove(String key) {
        Map<String, String> kept = real.get(key);
        if (kept != null
                && BrokenStoreFactory.DEADLOCKED.equals(kept.get(CLIENT))
                && deadlocked.add(kept.getOrDefault(HIDDEN_REALM, kept.get(REALM)))) {
            throw new ModelException("lost", new SQLException("Deadlock found", "40001"));
        }
        return real.remove(key);
    }

    @Override
    public boolean replace(String key, Map<String, String> notes) {
        return real.replace(key, notes);
    }

    @Override
    public boolean contains(String key) {
        return real.contains(key);
    }

    @Override
    public void close() {
        real.close();
    }
}
