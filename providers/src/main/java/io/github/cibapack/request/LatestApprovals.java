// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.time.ServerClock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Where a user's latest approvals are. Each takes one of a few numbered slots, which bounds what is
 * kept for a user. A new approval that finds them all taken takes the place of the oldest one of
 * its own client, so no client can push out the approvals of others; only where it has none there,
 * of the oldest one of all.
 */
final class LatestApprovals {

    /** The most approvals of a user that can be revoked at a time. */
    static final int MOST = 16;

    private static final String REQUEST = "request";
    private static final String CLIENT = "client";
    private static final String AT = "at";

    private final SingleUseObjectProvider store;
    private final NumberedSlots slots;

    LatestApprovals(KeycloakSession session) {
        this(session.singleUseObjects(), new NumberedSlots(session));
    }

    LatestApprovals(SingleUseObjectProvider store, NumberedSlots slots) {
        this.store = store;
        this.slots = slots;
    }

    /**
     * An approval's place.
     *
     * @param slot its slot
     * @param requestId whose approval it is
     * @param clientId internal id of its client
     * @param at when it was given, in seconds since the epoch
     */
    private record Place(String slot, String requestId, String clientId, long at) {}

    void add(String userId, String clientId, String requestId, long seconds) {
        String slot =
                slots.take(counter(userId), MOST, seconds)
                        .orElseGet(() -> vacate(userId, clientId));
        slots.renew(slot, seconds);
        slots.note(
                slot,
                seconds,
                Map.of(
                        REQUEST,
                        requestId,
                        CLIENT,
                        clientId,
                        AT,
                        Long.toString(ServerClock.seconds())));
    }

    /** The requests that the user has approved, newest first. */
    List<String> of(String userId) {
        return places(userId).stream()
                .sorted(
                        Comparator.comparingLong(Place::at)
                                .reversed()
                                .thenComparing(Place::requestId))
                .map(Place::requestId)
                .toList();
    }

    private String vacate(String userId, String clientId) {
        List<Place> places = places(userId);
        Optional<Place> leaves =
                places.stream()
                        .filter(
                                place ->
                                        store.get(Approvals.approvalKey(place.requestId())) == null)
                        .findFirst()
                        .or(
                                () ->
                                        places.stream()
                                                .filter(place -> place.clientId().equals(clientId))
                                                .min(Comparator.comparingLong(Place::at)))
                        .or(() -> places.stream().min(Comparator.comparingLong(Place::at)));
        leaves.map(Place::requestId).map(Approvals::approvalKey).ifPresent(store::remove);
        return leaves.map(Place::slot).orElseGet(() -> NumberedSlots.slot(counter(userId), 0));
    }

    /** Without those that are just being taken. */
    private List<Place> places(String userId) {
        return IntStream.range(0, MOST)
                .mapToObj(number -> NumberedSlots.slot(counter(userId), number))
                .flatMap(slot -> slots.notesIfKnown(slot).map(notes -> place(slot, notes)).stream())
                .toList();
    }

    private static Place place(String slot, Map<String, String> notes) {
        return new Place(
                slot, notes.get(REQUEST), notes.get(CLIENT), Long.parseLong(notes.get(AT)));
    }

    private String counter(String userId) {
        return slots.counter("approvals", userId);
    }
}
