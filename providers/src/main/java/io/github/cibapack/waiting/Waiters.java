// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.ChangeMarks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All who wait on this node, so that those whom a decision or a changed mark concerns are found
 * without a look at the others.
 */
final class Waiters {
    private final Map<String, Waiter> byKey = new ConcurrentHashMap<>();

    /** By the number of a mark: those of each request. */
    private final List<Map<String, Set<Waiter>>> byMark =
            IntStream.range(0, ChangeMarks.COUNT)
                    .<Map<String, Set<Waiter>>>mapToObj(number -> new ConcurrentHashMap<>())
                    .toList();

    private final Set<Waiter> slow = ConcurrentHashMap.newKeySet();
    private final Set<Waiter> arrived = ConcurrentHashMap.newKeySet();

    int count() {
        return byKey.size();
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    Collection<Waiter> all() {
        return byKey.values();
    }

    /** Adds one, unless there is one with its key. */
    boolean add(Waiter waiter) {
        if (byKey.putIfAbsent(waiter.waitsFor().key(), waiter) != null) {
            return false;
        }
        Optional<String> requestId = waiter.waitsFor().requestId();
        if (requestId.isPresent()) {
            add(requestId.get(), waiter);
            // after that: who is found here is found by its mark, too
            arrived.add(waiter);
        } else {
            slow.add(waiter);
        }
        return true;
    }

    /**
     * Removes one; false if it was not there. One that leaves while it is added may have to leave
     * once more: what is added after this is not removed.
     */
    boolean remove(Waiter waiter) {
        slow.remove(waiter);
        arrived.remove(waiter);
        waiter.waitsFor().requestId().ifPresent(id -> remove(id, waiter));
        return byKey.remove(waiter.waitsFor().key(), waiter);
    }

    private void add(String requestId, Waiter waiter) {
        of(ChangeMarks.number(requestId))
                .compute(
                        requestId,
                        (id, others) -> {
                            Set<Waiter> all =
                                    others == null ? ConcurrentHashMap.newKeySet() : others;
                            all.add(waiter);
                            return all;
                        });
    }

    private void remove(String requestId, Waiter waiter) {
        of(ChangeMarks.number(requestId))
                .computeIfPresent(
                        requestId, (id, all) -> all.remove(waiter) && all.isEmpty() ? null : all);
    }

    private Map<String, Set<Waiter>> of(int mark) {
        return byMark.get(mark);
    }

    /** Those for a request of this server. */
    Set<Waiter> of(String requestId) {
        return of(ChangeMarks.number(requestId)).getOrDefault(requestId, Set.of());
    }

    /** Whether anybody waits for a request of this server. */
    boolean hasQuick() {
        return byMark.stream().anyMatch(ofMark -> !ofMark.isEmpty());
    }

    boolean hasAnyWith(int mark) {
        return !of(mark).isEmpty();
    }

    Stream<Waiter> with(int mark) {
        return of(mark).values().stream().flatMap(Set::stream);
    }

    /** Those who wait for what another server decides. */
    Collection<Waiter> slow() {
        return slow;
    }

    /** Those who have come since this was called last, and have not gone. */
    List<Waiter> arrived() {
        List<Waiter> all = List.copyOf(arrived);
        all.forEach(arrived::remove);
        return all;
    }

    /** For those whom nobody could look at. */
    void arrivedAgain(Collection<Waiter> waiters) {
        waiters.stream().filter(waiter -> !waiter.isOver()).forEach(arrived::add);
    }
}
