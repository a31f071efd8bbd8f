// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.time.ServerClock;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a user's latest approvals are. Each takes one of a few numbered slots, which bounds what is
 * kept for a user. A new approval that finds them all taken takes the place of the oldest one of
 * its own client, so no client can push out the approvals of others; only where it has none there,
 * of the oldest one of all.
 */
final class LatestApprovals {

    /** The most approvals of a user that can be revoked at a time. */
    static final int MOST = 16;

    private static final String KEY = "key";
    private static final String CLIENT = "client";
    private static final String AT = "at";

    private final RealmModel realm;
    private final SingleUseObjectProvider store;

    LatestApprovals(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /**
     * An approval's place.
     *
     * @param slot its number
     * @param key where the approval is
     * @param clientId internal id of its client
     * @param at when it was given, in seconds since the epoch
     */
    private record Place(int slot, String key, String clientId, long at) {}

    /** Keeps where an approval is. */
    void add(String userId, String clientId, String key, long seconds) {
        int slot =
                IntStream.range(0, MOST)
                        .filter(number -> store.putIfAbsent(slot(userId, number), seconds))
                        .findFirst()
                        .orElseGet(() -> vacate(userId, clientId));
        store.put(
                slot(userId, slot),
                seconds,
                Map.of(KEY, key, CLIENT, clientId, AT, Long.toString(ServerClock.seconds())));
    }

    /** Where the user's approvals are, newest first. */
    List<String> of(String userId) {
        return places(userId).stream()
                .sorted(Comparator.comparingLong(Place::at).reversed())
                .map(Place::key)
                .toList();
    }

    private int vacate(String userId, String clientId) {
        List<Place> places = places(userId);
        Optional<Place> leaves =
                places.stream()
                        .filter(place -> store.get(place.key()) == null)
                        .findFirst()
                        .or(
                                () ->
                                        places.stream()
                                                .filter(place -> place.clientId().equals(clientId))
                                                .min(Comparator.comparingLong(Place::at)))
                        .or(() -> places.stream().min(Comparator.comparingLong(Place::at)));
        leaves.map(Place::key).ifPresent(store::remove);
        return leaves.map(Place::slot).orElse(0);
    }

    private List<Place> places(String userId) {
        return IntStream.range(0, MOST)
                .mapToObj(number -> place(userId, number))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Null where the slot is free, or just being taken. */
    private Place place(String userId, int number) {
        Map<String, String> notes = store.get(slot(userId, number));
        return notes == null || !notes.containsKey(KEY)
                ? null
                : new Place(
                        number, notes.get(KEY), notes.get(CLIENT), Long.parseLong(notes.get(AT)));
    }

    private String slot(String userId, int number) {
        return "ciba.approvals." + Hashes.sha256(realm.getId() + " " + userId) + "." + number;
    }
}
