// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.time.ServerClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The pauses between the e-mails of one client to one person. Three e-mails are free. The third one
 * that nobody approves closes a gate for ten minutes, and each later one closes it for twice as
 * long as the one before, up to four hours; a denial or report makes the pauses longer. An approval
 * gives back what its e-mail has taken and opens the gate; what nobody approves is forgotten after
 * a day. All of it is slots and gates, which have one winner across nodes.
 */
public final class GrowingPauses {

    /** E-mails without a pause. */
    public static final int FREE = 3;

    public static final int FIRST_SECONDS = 600;

    private static final int LONGEST_SECONDS = 14_400;
    private static final int REMEMBERED_SECONDS = 86_400;

    /** After as many e-mails a pause is no longer made longer. */
    private static final int STEPS = 6;

    /** A person who denies once may want to be asked again, with another amount. */
    private static final int PATIENCE = 2;

    private final NumberedSlots slots;
    private final String base;
    private final long atMost;

    /**
     * The pauses of a client and a person.
     *
     * @param base key of the two, as {@link NumberedSlots#counter} makes it
     * @param atMost seconds that nothing outlives; of a user who does not exist nothing is
     *     remembered for longer than the request
     */
    public GrowingPauses(NumberedSlots slots, String base, long atMost) {
        this.slots = slots;
        this.base = base;
        this.atMost = atMost;
    }

    /** When the next e-mail may be sent, in seconds since the epoch; empty if it may now. */
    public OptionalLong opensAt() {
        return gates().filter(slots::isClosed)
                .mapToLong(
                        gate -> slots.opensAt(gate).orElse(ServerClock.seconds() + FIRST_SECONDS))
                .max();
    }

    /** E-mails that nobody has approved, of those that are remembered. */
    public int unanswered() {
        return slots.taken(free(), FREE) + slots.taken(paused(), STEPS);
    }

    /**
     * Counts an e-mail, if one may be sent now.
     *
     * @return what it has taken, to be given back where nothing is sent; empty if it must wait
     */
    public Optional<List<String>> take() {
        if (opensAt().isPresent()) {
            return Optional.empty();
        }
        List<String> taken = new ArrayList<>();
        Optional<String> free = slots.take(free(), FREE, life(REMEMBERED_SECONDS));
        if (free.isPresent()) {
            taken.add(free.get());
            if (slots.taken(free(), FREE) == FREE && closeGate(0)) {
                taken.add(gate());
            }
            return Optional.of(taken);
        }
        // no gate was closed, so no request has waited: this one came together with the last free
        // ones
        if (slots.notes(armed()).isEmpty() || !closeGate(1 + slots.taken(paused(), STEPS))) {
            return Optional.empty();
        }
        taken.add(gate());
        slots.take(paused(), STEPS, life(REMEMBERED_SECONDS)).ifPresent(taken::add);
        return Optional.of(taken);
    }

    private boolean closeGate(int step) {
        if (!slots.close(gate(), life(pause(step + slots.taken(denied(), STEPS))))) {
            return false;
        }
        slots.note(armed(), life(REMEMBERED_SECONDS), Map.of());
        return true;
    }

    /**
     * The person does not want this.
     *
     * @param weight 1 for a denial, more for what is worse
     */
    public void unwanted(int weight) {
        for (int i = 0; i < weight; i++) {
            slots.take(denied(), STEPS, REMEMBERED_SECONDS);
        }
        int denials = slots.taken(denied(), STEPS);
        if (denials >= PATIENCE) {
            slots.close(unwantedGate(), pause(denials - 1));
        }
    }

    public void reset() {
        slots.reset(free(), FREE);
        slots.reset(paused(), STEPS);
        slots.reset(denied(), STEPS);
        gates().forEach(slots::release);
    }

    static int pause(int step) {
        return Math.min(FIRST_SECONDS << Math.min(step, STEPS), LONGEST_SECONDS);
    }

    private long life(long seconds) {
        return Math.min(seconds, atMost);
    }

    private Stream<String> gates() {
        return Stream.of(gate(), unwantedGate());
    }

    private String free() {
        return base + ".free";
    }

    private String paused() {
        return base + ".paused";
    }

    private String denied() {
        return base + ".denied";
    }

    private String armed() {
        return base + ".armed";
    }

    /** What an approval opens besides giving back what its e-mail has taken. */
    public String gate() {
        return base + ".gate";
    }

    private String unwantedGate() {
        return base + ".unwanted";
    }
}
