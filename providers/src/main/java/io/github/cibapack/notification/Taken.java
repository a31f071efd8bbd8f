// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.store.HeldLimits;
import io.github.cibapack.store.LimitSlots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The slots that one request has taken so far, to be given back where it is refused after all. */
final class Taken {
    private final LimitSlots slots;
    private final NotificationQuestion question;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<String> untilDecided = new ArrayList<>();
    private final List<HeldLimits.Claim> claims = new ArrayList<>();

    Taken(LimitSlots slots, NotificationQuestion question) {
        this.slots = slots;
        this.question = question;
    }

    /** Takes a slot, or gives all back and refuses. */
    String require(String counter, int limit, long lifespan, Limit name, long retryAfter)
            throws ThrottledException {
        Optional<String> slot = slots.take(counter, limit, lifespan);
        if (slot.isEmpty()) {
            throw refused(name, retryAfter);
        }
        undoneBy(() -> slots.release(slot.get()));
        return slot.get();
    }

    /** How something is given back that is no slot. */
    void undoneBy(Runnable action) {
        undo.push(action);
    }

    /** The slot ends with its request. */
    void untilDecided(String slot) {
        untilDecided.add(slot);
    }

    /** The slot becomes another one when the user responds. */
    void untilClaimed(String slot, String claimedCounter, int claimedLimit) {
        claims.add(new HeldLimits.Claim(slot, claimedCounter, claimedLimit));
    }

    HeldLimits.Held held(long claimedLifespan) {
        return new HeldLimits.Held(untilDecided, claims, claimedLifespan);
    }

    ThrottledException refused(Limit name, long retryAfter) {
        giveBack();
        return new ThrottledException(name, question.policy().name(), retryAfter);
    }

    void giveBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
