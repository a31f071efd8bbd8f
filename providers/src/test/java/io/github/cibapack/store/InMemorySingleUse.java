// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.common.util.Time;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keycloak's single-use store in memory, for tests of what the pack counts with it. Its entries end
 * by Keycloak's clock, which tests put forward with {@link Time#setOffset}. {@link
 * SingleUseContract} holds for it and for the store of a real server.
 */
public final class InMemorySingleUse implements SingleUseObjectProvider {

    private record Entry(Map<String, String> notes, long endsAt) {}

    private final Map<String, Entry> entries = new HashMap<>();

    @Override
    public synchronized void put(String key, long lifespanSeconds, Map<String, String> notes) {
        entries.put(key, entry(lifespanSeconds, notes));
    }

    @Override
    public synchronized Map<String, String> get(String key) {
        Entry found = alive(key);
        return found == null ? null : found.notes();
    }

    @Override
    public synchronized Map<String, String> remove(String key) {
        Entry found = alive(key);
        entries.remove(key);
        return found == null ? null : found.notes();
    }

    @Override
    public synchronized boolean replace(String key, Map<String, String> notes) {
        Entry found = alive(key);
        if (found == null) {
            return false;
        }
        entries.put(key, new Entry(Map.copyOf(notes), found.endsAt()));
        return true;
    }

    @Override
    public synchronized boolean putIfAbsent(String key, long lifespanSeconds) {
        if (alive(key) != null) {
            return false;
        }
        entries.put(key, entry(lifespanSeconds, Map.of()));
        return true;
    }

    @Override
    public synchronized boolean contains(String key) {
        return alive(key) != null;
    }

    @Override
    public void close() {
        // keeps its entries: sessions come and go
    }

    private static Entry entry(long lifespanSeconds, Map<String, String> notes) {
        if (lifespanSeconds <= 0) {
            throw new IllegalArgumentException("The lifespan must be positive");
        }
        return new Entry(Map.copyOf(notes), Time.currentTimeMillis() + lifespanSeconds * 1000);
    }

    private Entry alive(String key) {
        Entry found = entries.get(key);
        return found != null && Time.currentTimeMillis() < found.endsAt() ? found : null;
    }
}
