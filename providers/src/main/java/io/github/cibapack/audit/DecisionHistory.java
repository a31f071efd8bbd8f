// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a user has decided, as far as the realm keeps events. */
public final class DecisionHistory {
    private static final Set<String> DECISIONS =
            Set.of(
                    CibaEvent.APPROVED.detail(),
                    CibaEvent.DENIED.detail(),
                    CibaEvent.REPORTED.detail(),
                    CibaEvent.WRONG_NUMBER.detail(),
                    CibaEvent.REVOKED.detail());

    /** How many events are read, at most, to find the decisions: a request has several. */
    private static final int MOST_EVENTS = 200;

    private final KeycloakSession session;
    private final RealmModel realm;

    public DecisionHistory(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * One decision.
     *
     * @param clientId the client id
     * @param decision {@code approved}, {@code denied}, {@code reported}, {@code wrong_number} or
     *     {@code revoked}
     * @param at in seconds since the epoch
     * @param bindingMessage what the user was shown to compare
     * @param detailTypes the types of the authorization details
     */
    public record Entry(
            String clientId,
            String decision,
            long at,
            Optional<String> bindingMessage,
            List<String> detailTypes) {}

    /** Whether the realm keeps these events at all. */
    public boolean isKept() {
        return new EventHistory(session).availability() == EventHistory.Availability.AVAILABLE;
    }

    /** The last decisions of a user, newest first. */
    public List<Entry> of(String userId, int most) {
        // apart, so that errors, of which a client can make many, leave no decision out
        return EventHistory.TYPES.stream()
                .flatMap(type -> decisions(type, userId))
                .sorted(
                        Comparator.comparingLong(Event::getTime)
                                .reversed()
                                .thenComparing(
                                        Event::getId,
                                        Comparator.nullsLast(Comparator.naturalOrder())))
                .limit(most)
                .map(DecisionHistory::entry)
                .toList();
    }

    private Stream<Event> decisions(EventType type, String userId) {
        return session.getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(realm.getId())
                .type(type)
                .user(userId)
                .orderByDescTime()
                .maxResults(MOST_EVENTS)
                .getResultStream()
                .filter(event -> DECISIONS.contains(step(event)));
    }

    private static Entry entry(Event event) {
        Map<String, String> details = event.getDetails();
        return new Entry(
                event.getClientId(),
                step(event),
                event.getTime() / 1000,
                Optional.ofNullable(details.get(CibaEvents.BINDING_MESSAGE)),
                Optional.ofNullable(details.get(CibaEvents.AUTHORIZATION_DETAILS_TYPES)).stream()
                        .flatMap(types -> Stream.of(types.split(" ")))
                        .toList());
    }

    private static String step(Event event) {
        Map<String, String> details = event.getDetails();
        return details == null ? "" : details.getOrDefault(CibaEvents.CIBA_EVENT, "");
    }
}
