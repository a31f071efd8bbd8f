// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ModelException;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Runs inside the server: may tell everybody who takes a key that they were first, and meets a
 * deadlock, as a database may, with one request of one client.
 */
final class BrokenStore implements SingleUseObjectProvider {
    /** Of Keycloak's device codes, in its own form and in that of the pack's requests. */
    private static final Pattern CLIENT =
            Pattern.compile("\\bcid\\W+" + BrokenStoreFactory.DEADLOCKED + "\\b");

    private static final Pattern REALM = Pattern.compile("\\brid\\W+([\\w-]+)");

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
        String kept = String.valueOf(real.get(key));
        Matcher realm = REALM.matcher(kept);
        if (CLIENT.matcher(kept).find() && realm.find() && deadlocked.add(realm.group(1))) {
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
