// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * The pending requests of a user, counted and found. A request takes one numbered slot of its user
 * and one of its client and user with {@code putIfAbsent}, which has one winner across nodes, so a
 * cap cannot be outrun; the id of the request is written into the user's slot, and these ids are
 * the only index of pending requests that there is. A slot ends with its request: by the decision,
 * by the redemption, or by itself when the request expires.
 */
public final class PendingSlots {

    /** The highest cap that a setting may allow; twice as many slots are read to list them. */
    public static final int MOST = 50;

    private static final String REQUEST = "id";
    private static final String CLIENT = "cid";

    private final NumberedSlots slots;
    private final Consumer<Supplier<Collection<String>>> afterRollback;

    /** What a rollback must leave alone: another request may have it by then. */
    private final Set<Slots> givenBack = new HashSet<>();

    public PendingSlots(KeycloakSession session) {
        this(new NumberedSlots(session), taken -> RollbackCompensation.release(session, taken));
    }

    /**
     * The pending requests of a realm.
     *
     * @param afterRollback is told what is to be given back then
     */
    public PendingSlots(NumberedSlots slots, Consumer<Supplier<Collection<String>>> afterRollback) {
        this.slots = slots;
        this.afterRollback = afterRollback;
    }

    /**
     * How the user learns of a request. Each has slots of its own, so that requests that wait in
     * the inbox take no place from those that are mailed.
     */
    public enum Notice {
        /** By an e-mail, and in the inbox. */
        MAIL,
        /** Only by looking into the inbox. */
        INBOX
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
     * Takes a place for a request. It is given back by itself if the transaction is rolled back.
     *
     * @param clientId internal id of the client
     * @param userId internal id of the user
     * @param expiresIn lifetime of the request in seconds
     * @param caps of the requests with the same kind of notice
     */
    public Place take(String clientId, String userId, int expiresIn, Notice notice, Caps caps) {
        Optional<String> ofClient =
                slots.take(
                        ofClient(notice, userId, clientId),
                        Math.min(caps.perClient(), MOST),
                        expiresIn);
        if (ofClient.isEmpty()) {
            return new Place.ClientFull();
        }
        Optional<String> ofUser =
                slots.take(ofUser(notice, userId), Math.min(caps.perUser(), MOST), expiresIn);
        if (ofUser.isEmpty()) {
            slots.release(ofClient.get());
            return new Place.UserFull();
        }
        Slots held = new Slots(ofUser.get(), ofClient.get(), notice);
        givenBack.remove(held);
        afterRollback.accept(
                () ->
                        givenBack.contains(held)
                                ? List.of()
                                : List.of(held.ofUser(), held.ofClient()));
        return new Place.Held(held);
    }

    /**
     * Lets the user find the request for which a place was taken, once the transaction commits;
     * within that, the place must not be given back any more.
     *
     * @param clientId internal id of the client
     * @param expiresIn lifetime of the request in seconds
     */
    public void list(Slots held, String requestId, String clientId, int expiresIn) {
        slots.fill(held.ofUser(), expiresIn, Map.of(REQUEST, requestId, CLIENT, clientId));
    }

    /** The pending requests of a user; those that are being accepted right now may be missing. */
    public List<Pending> of(String userId) {
        return Arrays.stream(Notice.values())
                .flatMap(
                        notice ->
                                slots.contents(ofUser(notice, userId), MOST)
                                        .map(
                                                notes ->
                                                        new Pending(
                                                                notes.get(REQUEST),
                                                                notes.get(CLIENT),
                                                                notice)))
                .toList();
    }

    /**
     * Gives the slots of a request back. Does nothing if another request has them by now, so it may
     * be called late and twice.
     */
    public void release(Slots held, String requestId) {
        boolean own =
                slots.content(held.ofUser())
                        .filter(notes -> requestId.equals(notes.get(REQUEST)))
                        .isPresent();
        if (own) {
            giveBack(held);
        }
    }

    /** Gives back the slots of a request that does not come about. */
    public void giveBack(Slots held) {
        givenBack.add(held);
        slots.release(held.ofUser());
        slots.release(held.ofClient());
    }

    private String ofUser(Notice notice, String userId) {
        return slots.counter("pending of user", notice.name(), userId);
    }

    private String ofClient(Notice notice, String userId, String clientId) {
        return slots.counter("pending of client and user", notice.name(), userId, clientId);
    }
}
