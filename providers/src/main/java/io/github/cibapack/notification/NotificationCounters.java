// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.time.ServerClock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Where a user stands within the limits of a notification policy: to be read, and to be reset. */
public final class NotificationCounters {

    /** In the place of a client, if none is asked about. */
    private static final String NO_CLIENT = "";

    private final NumberedSlots slots;
    private final UserModel user;
    private final Optional<String> clientId;
    private final NotificationPolicies policies;
    private final List<PendingSlots.Pending> pending;

    /**
     * The counters of a user.
     *
     * @param clientId internal id of the client whose shares are of interest, if any
     */
    public NotificationCounters(
            KeycloakSession session, UserModel user, Optional<String> clientId) {
        this.slots = new NumberedSlots(session);
        this.user = user;
        this.clientId = clientId;
        this.policies = new NotificationPolicies(session.getContext().getRealm());
        this.pending =
                new PendingSlots(session)
                        .of(user.getId()).stream()
                                .filter(one -> one.notice() == PendingSlots.Notice.MAIL)
                                .toList();
    }

    /**
     * The e-mails of the day.
     *
     * @param endsAt when it begins anew, in seconds since the epoch
     * @param all of the user, or of the realm where the quota is the realm's; without the claimed
     *     ones if they are told apart
     * @param ofClient the client's share of them
     * @param claimed those that were responded to, if they are told apart
     * @param claimedOfClient the client's share of those
     */
    public record Day(
            long endsAt,
            Usage all,
            Optional<Usage> ofClient,
            Optional<Usage> claimed,
            Optional<Usage> claimedOfClient) {}

    /**
     * The pauses between two e-mails.
     *
     * @param sent the e-mails since they began anew
     * @param opensAt when the next e-mail may be sent, in seconds since the epoch; empty if it may
     *     now
     */
    public record Pauses(Usage sent, OptionalLong opensAt) {}

    /**
     * The requests that are pending, without those that wait in the inbox alone.
     *
     * @param ofUser from all clients
     * @param ofClientAndUser from the client
     * @param ofClient of the client, for all users
     * @param ofRealm of the realm
     */
    public record PendingRequests(
            Usage ofUser,
            Optional<Usage> ofClientAndUser,
            Optional<Usage> ofClient,
            Usage ofRealm) {}

    public Day day(NotificationPolicy policy) {
        Quota quota = new Quota(slots, attempt(policy));
        return new Day(
                ServerClock.seconds() + quota.day().secondsLeft(),
                quota.used(false),
                clientId.map(client -> quota.used(true)),
                quota.claimed(false),
                clientId.flatMap(client -> quota.claimed(true)));
    }

    /** The client's pauses, if one is asked about, the policy has any and the user an address. */
    public Optional<Pauses> pauses(NotificationPolicy policy) {
        return NotificationLimits.pauses(slots, attempt(policy))
                .filter(pauses -> clientId.isPresent())
                .map(cooldown -> new Pauses(cooldown.sent(), cooldown.opensAt()));
    }

    public PendingRequests pending(NotificationPolicy policy) {
        return new PendingRequests(
                new Usage(pending.size(), policy.get(NotificationPolicyFactory.PENDING_PER_USER)),
                clientId.map(
                        client -> new Usage(pendingOf(client), policy.pendingPerClientAndUser())),
                clientId.map(
                        client ->
                                pending(
                                        client,
                                        policy.get(NotificationPolicyFactory.PENDING_PER_CLIENT))),
                pending(
                        NotificationLimits.ALL,
                        policy.get(NotificationPolicyFactory.PENDING_PER_REALM)));
    }

    /**
     * Lets the user's day begin anew, and what all clients together may send in half an hour; the
     * client's share and pauses if one is asked about. For all policies, as counters belong to the
     * person. Pending requests are no counters: they end when they are decided.
     */
    public void reset(NotificationPolicy policy) {
        NotificationAttempt attempt = attempt(policy);
        Quota quota = new Quota(slots, attempt);
        quota.reset(false);
        policies.names().forEach(name -> Cooldown.resetOfAll(slots, attempt, name));
        Growing.resetOfAll(slots, attempt);
        if (clientId.isPresent()) {
            quota.reset(true);
            Cooldown.reset(slots, attempt);
            Growing.reset(slots, attempt);
        }
    }

    private int pendingOf(String client) {
        return (int) pending.stream().filter(one -> one.clientId().equals(client)).count();
    }

    private Usage pending(String whose, int limit) {
        return new Usage(
                slots.taken(NotificationLimits.pendingCounter(slots, whose), limit), limit);
    }

    private NotificationAttempt attempt(NotificationPolicy policy) {
        return NotificationAttempt.ofMail(policy, clientId.orElse(NO_CLIENT), user);
    }
}
