// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.hint.StandIn;
import io.github.cibapack.notification.Admitted;
import io.github.cibapack.notification.Asking;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.store.ReportBlocks;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A request's place among the pending requests of its user and within the limits of its
 * notification policy, taken before anything is stored.
 */
final class PendingPlace {

    /** One sentence for all, so that a client does not learn what others ask or the user said. */
    private static final String SENTENCE = "The user cannot be asked at the moment.";

    private final KeycloakSession session;

    PendingPlace(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Takes the place.
     *
     * @return the place and whether an e-mail is sent; none where the request stands in for nobody
     *     and a limit of that is reached
     * @throws RefusedException where the user has said that the client's requests are not wanted,
     *     or a limit is reached
     */
    Optional<Admitted> take(CIBAAuthenticationRequest request, CibaPolicy policy, int expiresIn) {
        String clientId = request.getClient().getId();
        String userId = request.getUser().getId();
        if (new ReportBlocks(session).isBlocked(clientId, userId)) {
            throw new RefusedException(Refusal.ACCESS_DENIED, SENTENCE, "reported");
        }
        Optional<String> address =
                policy.channel() == Channel.EMAIL
                        ? Asking.addressOf(request.getUser())
                        : Optional.empty();
        Asking asking = new Asking(request.getId(), clientId, userId, address, expiresIn);
        try {
            return Optional.of(
                    new NotificationLimits(session)
                            .take(
                                    asking,
                                    new NotificationPolicies(session.getContext().getRealm())
                                            .of(request.getClient(), policy)));
        } catch (ThrottledException e) {
            if (request.getUser() instanceof StandIn) {
                return Optional.empty();
            }
            throw RefusedException.throttled(
                    SENTENCE, e.policy(), e.limit().detail(), e.retryAfterSeconds());
        }
    }

    /** Tells the admin that a request waits in the inbox, and which cap it is over. */
    static void describe(Admitted admitted, EventBuilder event) {
        admitted.inboxOnly()
                .ifPresent(
                        over ->
                                event.detail(AuditTrail.INBOX_ONLY, "true")
                                        .detail(AuditTrail.NOTIFICATION_POLICY, over.policy())
                                        .detail(AuditTrail.COUNTER, over.limit().detail()));
    }
}
