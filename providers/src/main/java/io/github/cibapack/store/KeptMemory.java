// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Bounds the memory of all that is kept for requests, in all realms together: the store has no
 * bound of its own, and a request keeps its entries until it expires, whatever becomes of it. What
 * is kept takes as many slots as it has units, for as long as it is kept. A client has a quarter of
 * all slots, and the clients of a realm have a half, so that neither can use up what there is for
 * the others.
 */
public final class KeptMemory {

    /** What a slot stands for, in bytes. */
    private static final int UNIT = 6 * 1024;

    /**
     * What a request keeps besides its own values: ids, keys, slots, the marks of its delivery, the
     * answer under an idempotency key, and what the maps add.
     */
    private static final int FIXED = 5 * 1024;

    /** A receipt is small, and a token that must be remembered smaller still, in bytes. */
    private static final int RECEIPT_UNIT = UNIT / 2;

    private static final int TOKEN_UNIT = UNIT / 4;

    /** What Keycloak needs for itself, in bytes, before anything is kept. */
    private static final long KEYCLOAK = 160L << 20;

    private static final int LEAST = 192;

    /** A client has one of as many slots. */
    private static final int SHARE = 4;

    /** Whose slots these are: the server's, not a realm's. */
    private static final String SERVER = "";

    private static final String REQUESTS = "memory of requests";
    private static final String RECEIPTS = "memory of receipts";
    private static final String TOKENS = "memory of tokens";

    private final NumberedSlots slots;
    private final String realmId;
    private final int all;

    public KeptMemory(KeycloakSession session) {
        this(session.singleUseObjects(), session.getContext().getRealm().getId());
    }

    public KeptMemory(SingleUseObjectProvider store, String realmId) {
        this(store, realmId, Runtime.getRuntime().maxMemory());
    }

    KeptMemory(SingleUseObjectProvider store, String realmId, long heap) {
        this.slots = new NumberedSlots(store, SERVER);
        this.realmId = realmId;
        this.all = slotsOf(heap);
    }

    /** Half of what is left besides Keycloak. */
    static int slotsOf(long heap) {
        long bytes = Math.max(heap / 8, (heap - KEYCLOAK) / 2);
        return (int) Math.max(LEAST, Math.min(bytes / UNIT, Integer.MAX_VALUE / 4));
    }

    /**
     * The units of a request whose values have so many bytes in all, each as often as it is kept.
     */
    static int unitsOf(long bytes) {
        return Math.toIntExact((FIXED + bytes + UNIT - 1) / UNIT);
    }

    /**
     * Takes the slots of a request.
     *
     * @param clientId internal id of the client
     * @param bytes of the request's own values
     * @param lifespan in seconds
     * @return the slots, or empty if there are too few
     */
    public Optional<List<String>> take(String clientId, long bytes, long lifespan) {
        return take(REQUESTS, clientId, all, unitsOf(bytes), lifespan);
    }

    /**
     * Takes the slots of what the receipt of an approval needs: for all receipts together there is
     * a quarter of what there is for requests.
     *
     * @param clientId internal id of the client
     * @param bytes of what is kept
     * @param lifespan in seconds
     * @return false if there are too few
     */
    public boolean takeForReceipt(String clientId, long bytes, long lifespan) {
        int number = UNIT / RECEIPT_UNIT * (all / SHARE);
        long units = (bytes + RECEIPT_UNIT - 1) / RECEIPT_UNIT;
        return take(RECEIPTS, clientId, number, units, lifespan).isPresent();
    }

    /** Gives back what was taken for a request that does not come about. */
    public void giveBack(List<String> taken) {
        taken.forEach(slots::release);
    }

    /**
     * Takes a slot for a token that must be remembered.
     *
     * @param maker who chose the token's id
     * @return false if there is none
     */
    boolean takeForToken(String maker, long lifespan) {
        return take(TOKENS, maker, UNIT / TOKEN_UNIT * all, 1, lifespan).isPresent();
    }

    /**
     * A realm has two of each four slots and a client one of these two, chosen by hash for each
     * four anew: whatever others fill, some of everybody's own slots stay out of their reach.
     */
    private Optional<List<String>> take(
            String kind, String whose, int number, long units, long lifespan) {
        int ofRealm = hash(realmId);
        int ofClient = hash(realmId + " " + whose);
        String counter = slots.counter(kind);
        List<String> taken = new ArrayList<>();
        while (taken.size() < units) {
            Optional<String> slot =
                    slots.takeOfPart(
                            counter,
                            number / SHARE,
                            four ->
                                    SHARE * four
                                            + share(mixed(ofRealm, four), mixed(ofClient, four)),
                            lifespan);
            if (slot.isEmpty()) {
                giveBack(taken);
                return Optional.empty();
            }
            taken.add(slot.get());
        }
        return Optional.of(taken);
    }

    private static int share(int ofRealm, int ofClient) {
        int first = ofRealm & 3;
        int second = first + 1 + Integer.remainderUnsigned(ofRealm >>> 2, 3);
        return ((ofClient & 1) == 0 ? first : second) & 3;
    }

    /** Spreads neighbours (the last steps of MurmurHash3). */
    private static int mixed(int seed, int number) {
        int hash = seed + number * 0x9E3779B9;
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    private static int hash(String text) {
        return ByteBuffer.wrap(Hashes.bytes(text)).getInt();
    }
}
