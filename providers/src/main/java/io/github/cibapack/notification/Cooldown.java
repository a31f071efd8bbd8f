// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.time.ServerClock;
import java.util.OptionalLong;

/**
 * The pauses between e-mails to the same person. They belong to one client and the person, so that
 * no client can keep another's e-mails away. The first one is free; before each resend an interval
 * must pass; the e-mail that uses up the resends starts a lockout of half an hour, after which
 * counting begins anew. The request that starts the interval may send: one, across nodes. All
 * clients of a policy together may send twice as many in half an hour as one of them, so no client
 * alone uses up the limit of all.
 */
final class Cooldown implements Pauses {
    private static final long BLOCK_SECONDS = 1800;

    /** So many clients may use up their resends before no client may send. */
    private static final int CLIENTS = 2;

    /** The first e-mail and the most resends that a policy may allow. */
    private static final int MOST_SENDS = NotificationPolicyFactory.MOST_RESENDS + 1;

    private final NumberedSlots slots;
    private final NotificationPolicy policy;
    private final NotificationAttempt attempt;
    private final String interval;
    private final String lockout;
    private final String sends;
    private final String sendsOfAll;

    Cooldown(NumberedSlots slots, NotificationAttempt attempt) {
        this(slots, attempt, attempt.person());
    }

    private Cooldown(NumberedSlots slots, NotificationAttempt attempt, String whose) {
        this.slots = slots;
        this.policy = attempt.policy();
        this.attempt = attempt;
        this.interval = slots.counter("cooldown", whose, attempt.clientId());
        this.lockout = slots.counter("resend limit", whose, attempt.clientId());
        this.sends = slots.counter("sends", whose, attempt.clientId());
        this.sendsOfAll = sendsOfAll(slots, whose, policy.name());
    }

    private static String sendsOfAll(NumberedSlots slots, String whose, String policy) {
        return slots.counter("sends of all", whose, policy);
    }

    /** Begins anew for a client and a person, whatever the policy's cooldown belongs to. */
    static void reset(NumberedSlots slots, NotificationAttempt attempt) {
        attempt.persons()
                .map(whose -> new Cooldown(slots, attempt, whose))
                .forEach(Cooldown::reset);
    }

    private void reset() {
        slots.reset(sends, MOST_SENDS);
        slots.release(interval);
        slots.release(lockout);
    }

    /** The same for what all clients of a policy may send the person. */
    static void resetOfAll(NumberedSlots slots, NotificationAttempt attempt, String policy) {
        attempt.persons()
                .forEach(
                        whose ->
                                slots.reset(
                                        sendsOfAll(slots, whose, policy), MOST_SENDS * CLIENTS));
    }

    /** The client's e-mails since it began anew, of those that it may send. */
    @Override
    public Usage sent() {
        return new Usage(slots.taken(sends, limit()), limit());
    }

    /** The first e-mail and the resends. */
    private int limit() {
        return policy.get(NotificationPolicyFactory.RESEND_LIMIT) + 1;
    }

    /** When the next e-mail may be sent, in seconds since the epoch; empty if it may now. */
    @Override
    public OptionalLong opensAt() {
        if (slots.isClosed(lockout)) {
            return opensAt(lockout, BLOCK_SECONDS);
        }
        return slots.isClosed(interval) ? opensAt(interval, period(0)) : OptionalLong.empty();
    }

    /** Looks, without touching anything. */
    @Override
    public void requireOver(SlotReservation taken) throws ThrottledException {
        OptionalLong at = opensAt();
        if (at.isPresent()) {
            throw taken.refused(
                    slots.isClosed(lockout) ? Limit.RESEND_LIMIT : Limit.COOLDOWN,
                    at.getAsLong() - ServerClock.seconds());
        }
    }

    /** Starts the interval after this e-mail. */
    @Override
    public void begin(SlotReservation taken) throws ThrottledException {
        int limit = limit();
        int before = slots.taken(sends, limit);
        if (!slots.close(interval, attempt.atMost(period(before)))) {
            throw taken.refused(Limit.COOLDOWN, period(before));
        }
        taken.add(interval);
        taken.require(
                sendsOfAll,
                limit * CLIENTS,
                attempt.atMost(BLOCK_SECONDS),
                Limit.RESEND_LIMIT_OF_ALL,
                BLOCK_SECONDS);
        // the interval has begun: no other request for this client and person gets here
        slots.take(sends, limit, attempt.atMost(BLOCK_SECONDS)).ifPresent(taken::add);
        if (before + 1 >= limit && slots.close(lockout, attempt.atMost(BLOCK_SECONDS))) {
            taken.add(lockout);
        }
    }

    /** The period that follows an e-mail, before the next one. */
    private long period(int sentBefore) {
        return switch (sentBefore) {
            case 0 -> policy.get(NotificationPolicyFactory.COOLDOWN_FIRST);
            case 1 -> policy.get(NotificationPolicyFactory.COOLDOWN_SECOND);
            default -> policy.get(NotificationPolicyFactory.COOLDOWN_LATER);
        };
    }

    private OptionalLong opensAt(String closed, long atMost) {
        long now = ServerClock.seconds();
        return OptionalLong.of(
                slots.opensAt(closed).stream()
                        .filter(at -> at > now)
                        .findFirst()
                        .orElse(now + atMost));
    }
}
