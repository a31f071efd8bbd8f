// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.common.util.Time;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The store without a server: each call takes effect at once, and time is Keycloak's. {@link
 * SingleUseContract} holds for it as for the store of a real server.
 */
public final class HeapStore implements SingleUseObjectProvider {
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();

    private record Entry(Map<String, String> notes, long endsAt) {
        boolean isOver() {
            return endsAt <= Time.currentTimeSeconds();
        }
    }

    private static Entry entry(Map<String, String> notes, long lifespan) {
        return new Entry(Map.copyOf(notes), Time.currentTimeSeconds() + lifespan);
    }

    /** How often it was asked whether it contains an entry. */
    int looks() {
        return looks.get();
    }

    /** How many entries there are. */
    public int size() {
        entries.values().removeIf(Entry::isOver);
        return entries.size();
    }

    @Override
    public void put(String key, long lifespanSeconds, Map<String, String> notes) {
        entries.put(key, entry(notes, lifespanSeconds));
    }

    @Override
    public Map<String, String> get(String key) {
        entries.computeIfPresent(key, (same, entry) -> entry.isOver() ? null : entry);
        Entry entry = entries.get(key);
        return entry == null ? null : entry.notes();
    }

    @Override
    public Map<String, String> remove(String key) {
        Map<String, String> notes = get(key);
        return entries.remove(key) == null ? null : notes;
    }

    @Override
    public boolean replace(String key, Map<String, String> notes) {
        return entries.computeIfPresent(
                        key,
                        (same, entry) ->
                                entry.isOver()
                                        ? null
                                        : new Entry(Map.copyOf(notes), entry.endsAt()))
                != null;
    }

    @Override
    public boolean putIfAbsent(String key, long lifespanInSeconds) {
        Map<String, String> none = Map.of();
        AtomicBoolean won = new AtomicBoolean();
        entries.compute(
                key,
                (same, entry) -> {
                    won.set(entry == null || entry.isOver());
                    return won.get() ? entry(none, lifespanInSeconds) : entry;
                });
        return won.get();
    }

    @Override
    public boolean contains(String key) {
        looks.incrementAndGet();
        return get(key) != null;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
