// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.notification.NotificationCounters;
import io.github.cibapack.notification.Usage;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.policy.QuotaType;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Where a user stands within a notification policy. All times are in milliseconds since the epoch.
 *
 * @param client the client id, if one is asked about
 * @param day the e-mails of the day, until midnight UTC
 * @param cooldown the pauses, if the policy has any
 * @param blockedClients clients that the user has reported and that cannot ask for a while
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CountersRepresentation(
        String userId,
        String client,
        String notificationPolicy,
        Day day,
        Cooldown cooldown,
        Pending pending,
        List<String> blockedClients) {

    /**
     * The e-mails of the day.
     *
     * @param quotaType {@code user}, or {@code realm} where all users share the quota
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Day(
            String quotaType,
            long endsAt,
            Usage all,
            Usage ofClient,
            Usage claimed,
            Usage claimedOfClient) {}

    /**
     * The pauses.
     *
     * @param nextAt when the next e-mail may be sent; missing if it may now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Cooldown(Usage sent, Long nextAt) {}

    /** The pending requests. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pending(Usage ofUser, Usage ofClientAndUser, Usage ofClient, Usage ofRealm) {}

    static Day day(NotificationPolicy policy, NotificationCounters counters) {
        QuotaType type = policy.get(NotificationPolicyFactory.QUOTA_TYPE);
        NotificationCounters.Day day = counters.day(policy);
        return new Day(
                type.name().toLowerCase(Locale.ROOT),
                RequestRepresentation.millis(day.endsAt()),
                day.all(),
                day.ofClient().orElse(null),
                day.claimed().orElse(null),
                day.claimedOfClient().orElse(null));
    }

    static Cooldown cooldown(NotificationPolicy policy, NotificationCounters counters) {
        return counters.pauses(policy)
                .map(pauses -> new Cooldown(pauses.sent(), nextAt(pauses.opensAt())))
                .orElse(null);
    }

    static Pending pending(NotificationPolicy policy, NotificationCounters counters) {
        NotificationCounters.PendingRequests pending = counters.pending(policy);
        return new Pending(
                pending.ofUser(),
                pending.ofClientAndUser().orElse(null),
                pending.ofClient().orElse(null),
                pending.ofRealm());
    }

    private static Long nextAt(OptionalLong opensAt) {
        return opensAt.isPresent() ? RequestRepresentation.millis(opensAt.getAsLong()) : null;
    }
}
