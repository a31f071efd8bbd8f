// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundLimits;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.store.OwnTransaction;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;

/** Notifies clients of decisions. */
public final class Pings {
    private static final Logger LOG = Logger.getLogger(Pings.class);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final DeliveryQueue queue;

    public Pings(DeliveryQueue queue) {
        this.queue = queue;
    }

    /** Notifies the client of a request that is decided, if it is one that is notified. */
    public void tell(RequestEvent event) {
        if (event instanceof RequestEvent.Decided decided) {
            ping(decided).ifPresent(this::submit);
        }
    }

    private void submit(Ping ping) {
        if (!queue.submit(ping)) {
            LOG.warnf(
                    "Too many pings are on their way: request %s is not notified", ping.shownId());
        }
    }

    /** A request without a token was made when its client still polled. */
    private static Optional<Ping> ping(RequestEvent.Decided decided) {
        KeycloakSession session = decided.session();
        AuthenticationRequest request = decided.request();
        OAuth2DeviceCodeModel code = decided.code();
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(request.clientId());
        CibaConfig config = realm.getCibaPolicy();
        if (client == null
                || code.getClientNotificationToken() == null
                || !CibaConfig.CIBA_PING_MODE.equals(
                        config.getBackchannelTokenDeliveryMode(client))) {
            return Optional.empty();
        }
        return Optional.of(
                new Ping(
                        new OwnTransaction(session),
                        OutboundClient.of(session)
                                .within(OutboundLimits.DEFAULT.withTotal(TIME_LIMIT)),
                        client.getClientId(),
                        request.userId(),
                        request.authReqId(),
                        Optional.ofNullable(code.getAuthReqId()).orElse(request.authReqId()),
                        Optional.ofNullable(config.getBackchannelClientNotificationEndpoint(client))
                                .orElse(""),
                        code.getClientNotificationToken(),
                        code.getExpiration()));
    }
}
