// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The pending requests of a user, counted and found. A request takes one numbered slot of its user
 * and one of its client and user with {@code putIfAbsent}, which has one winner across nodes, so a
 * cap cannot be outrun; the id of the request lies beside the user's slot, and these ids are the
 * only index of pending requests that there is. A slot ends with its request: by the decision, by
 * the redemption, or by itself when the request expires.
 */
public final class PendingSlots {

    /** The highest cap that a setting may allow; twice as many slots are read to list them. */
    public static final int MOST = 50;

    private static final String REQUEST = "request";
    private static final String CLIENT = "client";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SingleUseObjectProvider store;

    public PendingSlots(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /**
     * How the user learns of a request. Each has slots of its own, so that requests that wait in
     * the inbox take no place from those that are mailed.
     */
    public enum Notice {
        /** By an e-mail, and in the inbox. */
        MAIL(0),
        /** Only by looking into the inbox. */
        INBOX(MOST);

        private final int firstSlot;

        Notice(int firstSlot) {
            this.firstSlot = firstSlot;
        }
    }

    /**
     * How many requests may be pending at a time.
     *
     * @param perUser of one user, from all clients
     * @param perClient of one user, from one client
     */
    public record Caps(int perUser, int perClient) {}

    /** What became of the attempt to take a place. */
    public sealed interface Place {
        /** There was one. */
        record Held(Slots slots) implements Place {}

        /** The client has as many requests pending for this user as it may. */
        record ClientFull() implements Place {}

        /** The user has as many requests pending as may be. */
        record UserFull() implements Place {}
    }

    /**
     * The slots that a request holds; kept in its record, so that they can be given back.
     *
     * @param ofUser key of the user's slot
     * @param ofClient key of the slot of client and user
     * @param notice how the user learns of the request
     */
    public record Slots(String ofUser, String ofClient, Notice notice) {}

    /**
     * A request that a slot points to.
     *
     * @param requestId its id
     * @param clientId internal id of its client
     * @param notice how the user learns of it
     */
    public record Pending(String requestId, String clientId, Notice notice) {}

    /**
     * Takes a place for a request. It is given back by itself where the transaction rolls back.
     *
     * @param clientId internal id of the client
     * @param userId internal id of the user
     * @param expiresIn lifetime of the request in seconds
     * @param caps of the requests with the same kind of notice
     */
    public Place take(
            String clientId,
            String userId,
            String requestId,
            int expiresIn,
            Notice notice,
            Caps caps) {
        int from = notice.firstSlot;
        Optional<String> ofClient =
                first(
                        number -> clientSlot(clientId, userId, from + number),
                        caps.perClient(),
                        expiresIn);
        if (ofClient.isEmpty()) {
            return new Place.ClientFull();
        }
        Optional<String> ofUser =
                first(number -> userSlot(userId, from + number), caps.perUser(), expiresIn);
        if (ofUser.isEmpty()) {
            store.remove(ofClient.get());
            return new Place.UserFull();
        }
        Slots slots = new Slots(ofUser.get(), ofClient.get(), notice);
        RolledBack.release(session, () -> List.of(slots.ofUser(), slots.ofClient()));
        store.put(beside(slots.ofUser()), expiresIn, Map.of(REQUEST, requestId, CLIENT, clientId));
        return new Place.Held(slots);
    }

    /** The pending requests of a user; those that are being accepted right now may be missing. */
    public List<Pending> of(String userId) {
        return Arrays.stream(Notice.values())
                .flatMap(
                        notice ->
                                IntStream.range(0, MOST)
                                        .mapToObj(number -> pending(userId, number, notice)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Pending> pending(String userId, int number, Notice notice) {
        return Optional.ofNullable(store.get(beside(userSlot(userId, notice.firstSlot + number))))
                .map(notes -> new Pending(notes.get(REQUEST), notes.get(CLIENT), notice));
    }

    /**
     * Gives the slots of a request back. Does nothing where they are somebody else's by now, so it
     * may be called late and twice.
     */
    void release(Slots slots, String requestId) {
        Map<String, String> notes = store.get(beside(slots.ofUser()));
        if (notes != null && requestId.equals(notes.get(REQUEST))) {
            // first the note: who takes the slot next writes its own
            store.remove(beside(slots.ofUser()));
            store.remove(slots.ofUser());
            store.remove(slots.ofClient());
        }
    }

    private Optional<String> first(IntFunction<String> slot, int cap, int expiresIn) {
        return IntStream.range(0, Math.min(cap, MOST))
                .mapToObj(slot)
                .filter(key -> store.putIfAbsent(key, expiresIn))
                .findFirst();
    }

    private static String beside(String slot) {
        return slot + ".request";
    }

    /** Hashed, as ids of federated users can be longer than a key may be. */
    private String userSlot(String userId, int number) {
        return "ciba.slot." + Hashes.sha256(realm.getId() + " " + userId) + "." + number;
    }

    private String clientSlot(String clientId, String userId, int number) {
        return "ciba.slot."
                + Hashes.sha256(realm.getId() + " " + clientId + " " + userId)
                + "."
                + number;
    }
}
