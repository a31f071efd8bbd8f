// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundLimits;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestDecided;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.store.OwnTransaction;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;

/** Notifies clients of decisions, after the commit. */
public final class Pings implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Pings.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final DeliveryQueue queue;

    /**
     * The pings of this node.
     *
     * @param places pings that may be on their way at a time, waiting ones included
     * @param workers threads
     */
    public Pings(int places, int workers) {
        this.queue = new DeliveryQueue("ping", new DeliveryQueue.Size(places, workers, TIME_LIMIT));
    }

    /** Notifies the request's client after the commit, if it is one that is notified. */
    public void decided(RequestDecided decided) {
        KeycloakSession session = decided.session();
        ping(session, decided.request())
                .ifPresent(ping -> AfterCommit.run(session, () -> submit(ping)));
    }

    private void submit(Ping ping) {
        if (!queue.submit(ping)) {
            LOG.warnf(
                    "Too many pings are on their way: request %s is not notified", ping.shownId());
        }
    }

    /**
     * Reads, inside the decision's transaction, all that a worker needs after it. A request without
     * a token was made when its client still polled.
     */
    private static Optional<Ping> ping(KeycloakSession session, OAuth2DeviceCodeModel request) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientByClientId(request.getClientId());
        CibaConfig config = realm.getCibaPolicy();
        if (client == null
                || request.getClientNotificationToken() == null
                || !CibaConfig.CIBA_PING_MODE.equals(
                        config.getBackchannelTokenDeliveryMode(client))) {
            return Optional.empty();
        }
        String shownId = RequestIds.shown(request.getDeviceCode());
        return Optional.of(
                new Ping(
                        new OwnTransaction(session),
                        OutboundClient.of(session)
                                .within(OutboundLimits.DEFAULT.withTotal(TIME_LIMIT)),
                        client.getClientId(),
                        new Requests(session)
                                .find(request.getDeviceCode())
                                .map(AuthenticationRequest::userId),
                        shownId,
                        request.getAuthReqId() == null ? shownId : request.getAuthReqId(),
                        Optional.ofNullable(config.getBackchannelClientNotificationEndpoint(client))
                                .orElse(""),
                        request.getClientNotificationToken(),
                        request.getExpiration()));
    }

    @Override
    public void close() {
        queue.close();
    }
}
