// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.request.ReservedSlots;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.store.PendingSlots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The slots that one request has taken so far, to be given back if it is refused after all or its
 * transaction is rolled back.
 */
final class SlotReservation {
    private final NumberedSlots slots;
    private final NotificationAttempt attempt;
    private final Deque<String> taken = new ArrayDeque<>();
    private final List<String> untilDecided = new ArrayList<>();
    private final List<String> untilApproved = new ArrayList<>();
    private String pauses = "";
    private final List<ReservedSlots.Claim> claims = new ArrayList<>();

    SlotReservation(NumberedSlots slots, NotificationAttempt attempt) {
        this.slots = slots;
        this.attempt = attempt;
    }

    /** All that is to be given back if the transaction is rolled back. */
    Collection<String> taken() {
        return taken;
    }

    /** Takes a slot, or gives all back and refuses. */
    String require(String counter, int limit, long lifespan, Limit name, long retryAfter)
            throws ThrottledException {
        Optional<String> slot = slots.take(counter, limit, lifespan);
        if (slot.isEmpty()) {
            throw refused(name, retryAfter);
        }
        add(slot.get());
        return slot.get();
    }

    /** A slot or gate that the request has taken otherwise. */
    void add(String key) {
        taken.push(key);
    }

    /** The slot ends with its request. */
    void untilDecided(String slot) {
        untilDecided.add(slot);
    }

    /** The slot or gate is given back when the user approves. */
    void untilApproved(String key) {
        untilApproved.add(key);
    }

    /** A denial makes these pauses longer. */
    void growsAtDenial(String base) {
        pauses = base;
    }

    /** The slot becomes another one when the user responds. */
    void untilClaimed(String slot, String claimedCounter, int claimedLimit) {
        claims.add(new ReservedSlots.Claim(slot, claimedCounter, claimedLimit));
    }

    ReservedSlots reserved(Optional<PendingSlots.Slots> place, long claimedLifespan) {
        return new ReservedSlots(
                place, untilDecided, untilApproved, pauses, claims, claimedLifespan);
    }

    ThrottledException refused(Limit name, long retryAfter) {
        giveBack();
        return new ThrottledException(name, attempt.policy().name(), retryAfter);
    }

    void giveBack() {
        while (!taken.isEmpty()) {
            slots.release(taken.pop());
        }
        untilDecided.clear();
        untilApproved.clear();
        pauses = "";
        claims.clear();
    }
}
