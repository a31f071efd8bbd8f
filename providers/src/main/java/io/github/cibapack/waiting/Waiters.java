// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import io.github.cibapack.store.ChangeMarks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Queue<Waiter> arrived = new ConcurrentLinkedQueue<>();

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

    /** Removes one; false if it is not there. */
    boolean remove(Waiter waiter) {
        if (!byKey.remove(waiter.waitsFor().key(), waiter)) {
            return false;
        }
        slow.remove(waiter);
        waiter.waitsFor().requestId().ifPresent(id -> remove(id, waiter));
        return true;
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

    /** Those who have come since this was called last; they may have gone. */
    List<Waiter> arrived() {
        List<Waiter> all = new ArrayList<>();
        for (Waiter next = arrived.poll(); next != null; next = arrived.poll()) {
            all.add(next);
        }
        return all;
    }

    /** For those whom nobody could look at. */
    void arrivedAgain(Collection<Waiter> waiters) {
        arrived.addAll(waiters);
    }
}
