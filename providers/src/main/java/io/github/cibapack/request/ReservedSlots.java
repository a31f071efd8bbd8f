// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.GrowingPauses;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.store.PendingSlots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pending request holds of limits: its place among the pending ones, slots that end with it,
 * and slots that become others when the user responds. It is part of the request, so that whichever
 * node takes the decision can settle it.
 *
 * @param place among the user's pending requests; empty if none was taken
 * @param untilDecided slots that are given back when the request is decided or ended
 * @param untilApproved slots and gates that are given back when the user approves
 * @param pauses base of the pauses that grow when the user does not want the request, or empty
 * @param claims slots that are exchanged when the user responds
 * @param claimedLifespan of the slots taken then, in seconds
 */
public record ReservedSlots(
        Optional<PendingSlots.Slots> place,
        List<String> untilDecided,
        List<String> untilApproved,
        String pauses,
        List<Claim> claims,
        long claimedLifespan) {
    /** Of a request that counts towards no limit. */
    public static final ReservedSlots NONE =
            new ReservedSlots(Optional.empty(), List.of(), List.of(), "", List.of(), 0);

    private static final String USER_SLOT = "ofUser";
    private static final String CLIENT_SLOT = "ofClient";
    private static final String NOTICE = "notice";
    private static final String UNTIL_DECIDED = "pending";
    private static final String UNTIL_APPROVED = "asked";
    private static final String PAUSES = "pauses";
    private static final String UNCLAIMED = "unclaimed.";
    private static final String COUNTER = "counter.";
    private static final String LIMIT = "limit.";
    private static final String LIFESPAN = "lifespan";
    private static final String SEPARATOR = " ";

    public ReservedSlots {
        untilDecided = List.copyOf(untilDecided);
        untilApproved = List.copyOf(untilApproved);
        claims = List.copyOf(claims);
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
     * Settles a request that is over. To be called once, by the decision that won.
     *
     * @param decision how it ended
     */
    void settle(NumberedSlots slots, Decision decision) {
        untilDecided.forEach(slots::release);
        if (decision.isApproval()) {
            untilApproved.forEach(slots::release);
        } else if (decision.isResponse() && !pauses.isEmpty()) {
            new GrowingPauses(slots, pauses, Long.MAX_VALUE)
                    .unwanted(decision == Decision.DENIED ? 1 : 2);
        }
        if (decision.isResponse()) {
            for (Claim claim : claims) {
                // first take, then give: in between it counts twice, and never not at all
                slots.take(claim.counter(), claim.limit(), claimedLifespan)
                        .ifPresent(taken -> slots.release(claim.slot()));
            }
        }
    }

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        if (equals(NONE)) {
            return notes;
        }
        place.ifPresent(
                held -> {
                    notes.put(USER_SLOT, held.ofUser());
                    notes.put(CLIENT_SLOT, held.ofClient());
                    if (held.notice() != PendingSlots.Notice.MAIL) {
                        notes.put(NOTICE, held.notice().name());
                    }
                });
        notes.put(UNTIL_DECIDED, String.join(SEPARATOR, untilDecided));
        notes.put(UNTIL_APPROVED, String.join(SEPARATOR, untilApproved));
        notes.put(PAUSES, pauses);
        notes.values().removeIf(String::isEmpty);
        if (!claims.isEmpty()) {
            notes.put(LIFESPAN, Long.toString(claimedLifespan));
        }
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            notes.put(UNCLAIMED + i, claim.slot());
            notes.put(COUNTER + i, claim.counter());
            notes.put(LIMIT + i, Integer.toString(claim.limit()));
        }
        return notes;
    }

    static ReservedSlots of(Map<String, String> notes) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; notes.containsKey(UNCLAIMED + i); i++) {
            claims.add(
                    new Claim(
                            notes.get(UNCLAIMED + i),
                            notes.get(COUNTER + i),
                            Integer.parseInt(notes.get(LIMIT + i))));
        }
        return new ReservedSlots(
                Optional.ofNullable(notes.get(USER_SLOT))
                        .map(
                                ofUser ->
                                        new PendingSlots.Slots(
                                                ofUser,
                                                notes.get(CLIENT_SLOT),
                                                PendingSlots.Notice.valueOf(
                                                        notes.getOrDefault(
                                                                NOTICE,
                                                                PendingSlots.Notice.MAIL.name())))),
                keys(notes.get(UNTIL_DECIDED)),
                keys(notes.get(UNTIL_APPROVED)),
                notes.getOrDefault(PAUSES, ""),
                claims,
                Long.parseLong(notes.getOrDefault(LIFESPAN, "0")));
    }

    private static List<String> keys(String note) {
        return note == null || note.isEmpty() ? List.of() : List.of(note.split(SEPARATOR));
    }
}
