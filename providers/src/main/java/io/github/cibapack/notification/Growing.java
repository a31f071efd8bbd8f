// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.store.GrowingPauses;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.time.ServerClock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Pauses that grow: the default. They stop a flood, and a person who tries again does not notice
 * them. They belong to one client and one person, as fixed ones do; all clients together may send
 * twice as many free e-mails in ten minutes as one of them.
 */
final class Growing implements Pauses {
    private static final int CLIENTS = 2;
    private static final String OF_CLIENT = "pauses";
    private static final String OF_ALL = "mails of all";

    private final NotificationAttempt attempt;
    private final String base;
    private final String sendsOfAll;
    private final GrowingPauses pauses;

    Growing(NumberedSlots slots, NotificationAttempt attempt) {
        this.attempt = attempt;
        String whose = attempt.person();
        this.base = slots.counter(OF_CLIENT, whose, attempt.clientId());
        this.sendsOfAll = slots.counter(OF_ALL, whose);
        this.pauses = new GrowingPauses(slots, base, attempt.atMost(Long.MAX_VALUE));
    }

    /** Begins anew for a client and a person, whatever the pauses belong to. */
    static void reset(NumberedSlots slots, NotificationAttempt attempt) {
        attempt.persons()
                .forEach(
                        whose ->
                                new GrowingPauses(
                                                slots,
                                                slots.counter(OF_CLIENT, whose, attempt.clientId()),
                                                Long.MAX_VALUE)
                                        .reset());
    }

    /** The same for what all clients may send the person. */
    static void resetOfAll(NumberedSlots slots, NotificationAttempt attempt) {
        attempt.persons()
                .forEach(
                        whose ->
                                slots.reset(
                                        slots.counter(OF_ALL, whose),
                                        GrowingPauses.FREE * CLIENTS));
    }

    @Override
    public Usage sent() {
        return new Usage(pauses.unanswered(), GrowingPauses.FREE);
    }

    @Override
    public OptionalLong opensAt() {
        return pauses.opensAt();
    }

    @Override
    public void requireOver(SlotReservation taken) throws ThrottledException {
        OptionalLong at = pauses.opensAt();
        if (at.isPresent()) {
            throw taken.refused(Limit.PAUSE, at.getAsLong() - ServerClock.seconds());
        }
    }

    @Override
    public void begin(SlotReservation taken) throws ThrottledException {
        String ofAll =
                taken.require(
                        sendsOfAll,
                        GrowingPauses.FREE * CLIENTS,
                        attempt.atMost(GrowingPauses.FIRST_SECONDS),
                        Limit.RESEND_LIMIT_OF_ALL,
                        GrowingPauses.FIRST_SECONDS);
        Optional<List<String>> turn = pauses.take();
        if (turn.isEmpty()) {
            throw taken.refused(Limit.PAUSE, GrowingPauses.FIRST_SECONDS);
        }
        turn.get().forEach(taken::add);
        turn.get().forEach(taken::untilApproved);
        taken.untilApproved(ofAll);
        taken.untilApproved(pauses.gate());
        taken.growsAtDenial(base);
    }
}
