// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.audit.EventHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.events.Event;

/**
 * Events that the realm has saved.
 *
 * @param savedTypes the types that the realm saves: others are missing here
 * @param searchedTo where the search stopped before it was done: the time of the oldest event that
 *     was looked at, in milliseconds since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryRepresentation(List<Entry> events, Set<String> savedTypes, Long searchedTo) {

    /**
     * An event.
     *
     * @param time in milliseconds since the epoch
     * @param type Keycloak's type
     * @param error where it is a failure
     * @param ipAddress where the call came from
     * @param details as {@code docs/audit.md} lists them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String id,
            long time,
            String type,
            String error,
            String client,
            String userId,
            String ipAddress,
            Map<String, String> details) {

        private static Entry of(Event event) {
            return new Entry(
                    event.getId(),
                    event.getTime(),
                    event.getType().name(),
                    event.getError(),
                    event.getClientId(),
                    event.getUserId(),
                    event.getIpAddress(),
                    event.getDetails() == null ? Map.of() : event.getDetails());
        }
    }

    static HistoryRepresentation of(EventHistory.Found found, EventHistory history) {
        return new HistoryRepresentation(
                found.events().stream().map(Entry::of).toList(),
                history.savedTypes(),
                found.searchedTo().isPresent() ? found.searchedTo().getAsLong() : null);
    }

    HistoryRepresentation oldestFirst() {
        List<Entry> turned = new ArrayList<>(events);
        Collections.reverse(turned);
        return new HistoryRepresentation(turned, savedTypes, searchedTo);
    }
}
