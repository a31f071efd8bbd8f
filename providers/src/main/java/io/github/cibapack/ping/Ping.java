// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.delivery.Backoff;
import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.delivery.Share;
import io.github.cibapack.outbound.OutboundAnswer;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JsonSerialization;

/**
 * A notification on its way (CIBA Core §10.2), tried again for as long as its request lives.
 *
 * @param own a transaction in the request's realm, for events
 * @param client calls the endpoint
 * @param clientId the client's public id, for events
 * @param userId internal id of the user, for events
 * @param shownId the request's id as events show it
 * @param authReqId the id that the relying party was given
 * @param endpoint the client's notification endpoint
 * @param token the bearer token that the relying party sent with its request
 * @param expiresAt end of the request in seconds since the epoch
 */
record Ping(
        OwnTransaction own,
        OutboundClient client,
        String clientId,
        String userId,
        String shownId,
        String authReqId,
        String endpoint,
        String token,
        long expiresAt)
        implements Delivery {
    private static final Logger LOG = Logger.getLogger(Ping.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Its texts have lengths of their own. */
    private static final long BYTES = 4096;

    private static final String ERROR = "ping_failed";

    @Override
    public String label() {
        return "The ping of request " + shownId;
    }

    @Override
    public Load load() {
        return new Load(new Share(own.realmId(), clientId), shownId, BYTES);
    }

    @Override
    public Backoff backoff() {
        return new Backoff(
                LONGEST_PAUSE, Duration.ofSeconds(Math.max(0, expiresAt - ServerClock.seconds())));
    }

    /**
     * Tells nothing but the id, and shows the client's token. A redirect or a 4xx refuses it for
     * good.
     */
    @Override
    public void attempt() throws UndeliveredException {
        client.deliver(
                endpoint,
                JsonSerialization.createObjectNode().put("auth_req_id", authReqId).toString(),
                Map.of("Authorization", "Bearer " + token),
                OutboundAnswer::isServerError);
        own.runIfRealmExists(session -> event(session, CibaEvent.PINGED).success());
    }

    @Override
    public void retried(String reason) {
        LOG.debugf("Ping of request %s: %s, again later", shownId, reason);
    }

    @Override
    public void giveUp(String reason) {
        own.runIfRealmExists(
                session ->
                        event(session, CibaEvent.PING_FAILED)
                                .detail(CibaEvents.REASON, reason)
                                .error(ERROR));
    }

    private EventBuilder event(KeycloakSession session, CibaEvent step) {
        return CibaEvents.backgroundEvent(session, session.getContext().getRealm(), step)
                .client(clientId)
                .user(userId)
                .detail(CibaEvents.AUTH_REQ_ID, shownId);
    }

    /** Without the token and the id that opens something. */
    @Override
    public String toString() {
        return "Ping[" + shownId + "]";
    }
}
