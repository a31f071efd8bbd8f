// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.policy.QuotaType;
import io.github.cibapack.store.NumberedSlots;
import java.util.List;
import java.util.Optional;

/**
 * The e-mails of a day, of a user or of the realm. Counters do not belong to a policy: an e-mail
 * counts for every policy that looks at the same person, so no client can pick itself a fresh one.
 */
final class Quota {
    private final NumberedSlots slots;
    private final NotificationAttempt attempt;
    private final UtcDay day = UtcDay.now();

    Quota(NumberedSlots slots, NotificationAttempt attempt) {
        this.slots = slots;
        this.attempt = attempt;
    }

    UtcDay day() {
        return day;
    }

    /** Counts one e-mail. The client's share comes first: a full client must not touch the rest. */
    void take(SlotReservation taken) throws ThrottledException {
        NotificationPolicy policy = attempt.policy();
        int most = policy.unclaimed();
        Optional<Integer> claimed = policy.claimed();
        if (claimed.isPresent()) {
            requireClaimable(taken, policy, claimed.get());
        }
        String ofClient = take(taken, sent(true), policy.shareOf(most), Limit.DAY_OF_CLIENT);
        String ofAll = take(taken, sent(false), most, Limit.DAY);
        if (claimed.isPresent()) {
            taken.untilClaimed(ofClient, claims(true), policy.shareOf(claimed.get()));
            taken.untilClaimed(ofAll, claims(false), claimed.get());
        }
    }

    /** How many e-mails of the day there were, or of those how many are unclaimed. */
    Usage used(boolean ofClient) {
        return count(sent(ofClient), attempt.policy().unclaimed(), ofClient);
    }

    /** How many e-mails of the day were responded to, if that is told apart. */
    Optional<Usage> claimed(boolean ofClient) {
        return attempt.policy().claimed().map(most -> count(claims(ofClient), most, ofClient));
    }

    private Usage count(String counter, int most, boolean ofClient) {
        int limit = ofClient ? attempt.policy().shareOf(most) : most;
        return new Usage(slots.taken(counter, limit), limit);
    }

    /** Forgets the day of the user, never that of the realm, whatever the policy counts. */
    void reset(boolean ofClient) {
        for (String kind : List.of("sent", "claimed")) {
            // policies of other limits have taken slots of the same counter
            slots.resetAll(ofUser(kind, ofClient));
        }
    }

    private String take(SlotReservation taken, String counter, int most, Limit limit)
            throws ThrottledException {
        return taken.require(
                counter, most, attempt.atMost(day.lifespan()), limit, day.secondsLeft());
    }

    private void requireClaimable(SlotReservation taken, NotificationPolicy policy, int most)
            throws ThrottledException {
        if (slots.isFull(claims(true), policy.shareOf(most))) {
            throw taken.refused(Limit.CLAIMED_OF_CLIENT, day.secondsLeft());
        }
        if (slots.isFull(claims(false), most)) {
            throw taken.refused(Limit.CLAIMED, day.secondsLeft());
        }
    }

    /** Sent and, if that is told apart, not responded to. */
    private String sent(boolean ofClient) {
        return counter("sent", ofClient);
    }

    private String claims(boolean ofClient) {
        return counter("claimed", ofClient);
    }

    private String counter(String kind, boolean ofClient) {
        return attempt.policy().get(NotificationPolicyFactory.QUOTA_TYPE) == QuotaType.USER
                ? ofUser(kind, ofClient)
                : counter(kind, "realm", ofClient);
    }

    private String ofUser(String kind, boolean ofClient) {
        return counter(kind, "user " + attempt.userId(), ofClient);
    }

    private String counter(String kind, String whose, boolean ofClient) {
        return slots.counter(
                kind, Long.toString(day.number()), whose, ofClient ? attempt.clientId() : "all");
    }
}
