// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.keycloak.events.Event;

/**
 * Looks through events, newest first and a batch at a time, until a page of those that are wanted
 * is full or enough have been looked at.
 *
 * @param batches the next {@link #BATCH} events, by how many to pass over
 */
record EventSearch(IntFunction<List<Event>> batches) {

    /** How many events are looked at, at most. */
    static final int MOST = 10_000;

    static final int BATCH = 500;

    /**
     * A page of the events that are wanted.
     *
     * @param first how many of them are passed over
     * @param max how many are returned at most
     */
    EventHistory.Found page(Predicate<Event> wanted, int first, int max) {
        List<Event> found = new ArrayList<>();
        OptionalLong searchedTo = OptionalLong.empty();
        for (int offset = 0; offset < MOST; offset += BATCH) {
            List<Event> batch = batches.apply(offset);
            batch.stream().filter(wanted).forEach(found::add);
            if (batch.size() < BATCH || found.size() >= first + max) {
                searchedTo = OptionalLong.empty();
                break;
            }
            searchedTo = OptionalLong.of(batch.get(batch.size() - 1).getTime());
        }
        return new EventHistory.Found(found.stream().skip(first).limit(max).toList(), searchedTo);
    }
}
