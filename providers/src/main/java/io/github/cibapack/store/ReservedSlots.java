// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * What a pending request holds of limits beyond its place among the pending ones: slots that end
 * with it, and slots that become others when the user responds. Kept beside the request, so that
 * whichever node takes the decision can settle it.
 */
public final class ReservedSlots {
    private static final String UNTIL_DECIDED = "untilDecided";
    private static final String UNTIL_APPROVED = "untilApproved";
    private static final String PAUSES = "pauses";
    private static final String UNCLAIMED = "unclaimed.";
    private static final String COUNTER = "counter.";
    private static final String LIMIT = "limit.";
    private static final String LIFESPAN = "lifespan";
    private static final String SEPARATOR = " ";

    private final SingleUseObjectProvider store;
    private final NumberedSlots slots;

    public ReservedSlots(KeycloakSession session) {
        this(session.singleUseObjects(), new NumberedSlots(session));
    }

    ReservedSlots(SingleUseObjectProvider store, NumberedSlots slots) {
        this.store = store;
        this.slots = slots;
    }

    /**
     * A slot that counts as unclaimed until the user responds.
     *
     * @param slot the one that is held
     * @param counter where a slot is taken instead
     * @param limit of that counter
     */
    public record Claim(String slot, String counter, int limit) {}

    /**
     * What is held.
     *
     * @param untilDecided slots that are given back when the request is decided or ended
     * @param untilApproved slots and gates that are given back when the user approves
     * @param pauses base of the pauses that grow when the user does not want the request, or empty
     * @param claims slots that are exchanged when the user responds
     * @param claimedLifespan of the slots taken then, in seconds
     */
    public record Held(
            List<String> untilDecided,
            List<String> untilApproved,
            String pauses,
            List<Claim> claims,
            long claimedLifespan) {
        public Held {
            untilDecided = List.copyOf(untilDecided);
            untilApproved = List.copyOf(untilApproved);
            claims = List.copyOf(claims);
        }

        boolean isNothing() {
            return untilDecided.isEmpty()
                    && untilApproved.isEmpty()
                    && pauses.isEmpty()
                    && claims.isEmpty();
        }
    }

    /** Keeps what a request holds. */
    public void keep(String requestId, Held held, long lifespan) {
        if (!held.isNothing()) {
            store.put(key(requestId), lifespan, notes(held));
        }
    }

    /**
     * Settles a request that is over.
     *
     * @param decision how it ended
     */
    void settle(String requestId, Decision decision) {
        Map<String, String> notes = store.remove(key(requestId));
        if (notes == null) {
            return;
        }
        Held held = held(notes);
        held.untilDecided().forEach(slots::release);
        if (decision.isApproval()) {
            held.untilApproved().forEach(slots::release);
        } else if (decision.isResponse() && !held.pauses().isEmpty()) {
            new GrowingPauses(slots, held.pauses(), Long.MAX_VALUE)
                    .unwanted(decision == Decision.DENIED ? 1 : 2);
        }
        if (decision.isResponse()) {
            for (Claim claim : held.claims()) {
                // first take, then give: in between it counts twice, and never not at all
                slots.take(claim.counter(), claim.limit(), held.claimedLifespan());
                slots.release(claim.slot());
            }
        }
    }

    private static Map<String, String> notes(Held held) {
        Map<String, String> notes = new HashMap<>();
        notes.put(UNTIL_DECIDED, String.join(SEPARATOR, held.untilDecided()));
        notes.put(UNTIL_APPROVED, String.join(SEPARATOR, held.untilApproved()));
        notes.put(PAUSES, held.pauses());
        notes.put(LIFESPAN, Long.toString(held.claimedLifespan()));
        for (int i = 0; i < held.claims().size(); i++) {
            Claim claim = held.claims().get(i);
            notes.put(UNCLAIMED + i, claim.slot());
            notes.put(COUNTER + i, claim.counter());
            notes.put(LIMIT + i, Integer.toString(claim.limit()));
        }
        return notes;
    }

    private static Held held(Map<String, String> notes) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; notes.containsKey(UNCLAIMED + i); i++) {
            claims.add(
                    new Claim(
                            notes.get(UNCLAIMED + i),
                            notes.get(COUNTER + i),
                            Integer.parseInt(notes.get(LIMIT + i))));
        }
        return new Held(
                keys(notes.get(UNTIL_DECIDED)),
                keys(notes.get(UNTIL_APPROVED)),
                notes.getOrDefault(PAUSES, ""),
                claims,
                Long.parseLong(notes.get(LIFESPAN)));
    }

    private static List<String> keys(String note) {
        return note == null || note.isEmpty() ? List.of() : List.of(note.split(SEPARATOR));
    }

    private static String key(String requestId) {
        return "ciba.held." + requestId;
    }
}
