// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventQuery;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The CIBA events that a realm has saved. Keycloak's event store can be searched by type, client,
 * user and time; what stands in an event's details is looked for here, in a bounded number of
 * events.
 */
public final class EventHistory {

    /** Of all steps of a request: those that went well, and failures. */
    public static final List<EventType> TYPES =
            List.of(EventType.AUTHREQID_TO_TOKEN, EventType.AUTHREQID_TO_TOKEN_ERROR);

    private final KeycloakSession session;
    private final RealmModel realm;

    public EventHistory(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether there is a history at all. */
    public enum Availability {
        AVAILABLE,
        EVENTS_OFF,
        TYPES_NOT_SAVED,
        NO_EVENT_STORE
    }

    /**
     * Which events are wanted; an empty value matches all.
     *
     * @param type one of {@link #TYPES}
     * @param client the client id
     * @param user internal id of the user
     * @param from earliest time, in milliseconds since the epoch
     * @param to latest time, in milliseconds since the epoch
     * @param step the step that the event is about
     * @param authReqId the request, by the id that events show
     */
    public record Filter(
            Optional<EventType> type,
            Optional<String> client,
            Optional<String> user,
            OptionalLong from,
            OptionalLong to,
            Optional<CibaEvent> step,
            Optional<String> authReqId) {

        private boolean needsDetails() {
            return step.isPresent() || authReqId.isPresent();
        }

        private boolean matches(Event event) {
            Map<String, String> details =
                    Optional.ofNullable(event.getDetails()).orElseGet(Map::of);
            return isIn(details, CibaEvents.CIBA_EVENT, step.map(CibaEvent::detail))
                    && isIn(details, CibaEvents.AUTH_REQ_ID, authReqId);
        }

        private static boolean isIn(
                Map<String, String> details, String name, Optional<String> wanted) {
            return wanted.isEmpty() || wanted.get().equals(details.get(name));
        }
    }

    /**
     * Some of the events that match.
     *
     * @param events newest first
     * @param searchedTo where the search had to stop before it was done: the time of the oldest
     *     event that was looked at, in milliseconds since the epoch
     */
    public record Found(List<Event> events, OptionalLong searchedTo) {
        public Found {
            events = List.copyOf(events);
        }
    }

    /** Whether a search can find anything. */
    public Availability availability() {
        if (session.getProvider(EventStoreProvider.class) == null) {
            return Availability.NO_EVENT_STORE;
        }
        if (!realm.isEventsEnabled()) {
            return Availability.EVENTS_OFF;
        }
        return savedTypes().isEmpty() ? Availability.TYPES_NOT_SAVED : Availability.AVAILABLE;
    }

    /** The types of CIBA events that the realm saves. An empty list of its own means the usual. */
    public Set<String> savedTypes() {
        Set<String> listed = realm.getEnabledEventTypesStream().collect(Collectors.toSet());
        return TYPES.stream()
                .map(EventType::name)
                .filter(type -> listed.isEmpty() || listed.contains(type))
                .collect(Collectors.toSet());
    }

    /**
     * Searches.
     *
     * @param first how many of those that match are passed over
     * @param max how many are returned at most
     */
    public Found search(Filter filter, int first, int max) {
        long now = Time.currentTimeMillis();
        if (!filter.needsDetails()) {
            return new Found(batch(filter, now, first, max), OptionalLong.empty());
        }
        return new EventSearch(offset -> batch(filter, now, offset, EventSearch.BATCH))
                .page(filter::matches, first, max);
    }

    /** Newest first; events that arrive during a search do not move its pages. */
    private List<Event> batch(Filter filter, long now, int first, int max) {
        EventQuery query =
                session.getProvider(EventStoreProvider.class)
                        .createQuery()
                        .realm(realm.getId())
                        .type(filter.type().map(List::of).orElse(TYPES).toArray(EventType[]::new))
                        .toDate(filter.to().orElse(now))
                        .orderByDescTime()
                        .firstResult(first)
                        .maxResults(max);
        filter.client().ifPresent(query::client);
        filter.user().ifPresent(query::user);
        filter.from().ifPresent(query::fromDate);
        return query.getResultStream().toList();
    }
}
