// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.store.AuthenticationRequest;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.Requests;
import java.util.Optional;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Reads, inside the decision's transaction, all that a worker needs after it. */
public final class PingProvider implements Provider {
    private final KeycloakSession session;
    private final PingQueue queue;

    PingProvider(KeycloakSession session, PingQueue queue) {
        this.session = session;
        this.queue = queue;
    }

    /** Notifies the request's client after the commit, if it is one that is notified. */
    void decided(OAuth2DeviceCodeModel request) {
        ping(request)
                .ifPresent(
                        ping -> queue.sendAfterCommit(session, ping, OutboundClient.of(session)));
    }

    /** A request without a token was made when its client still polled. */
    private Optional<Ping> ping(OAuth2DeviceCodeModel request) {
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
                        realm.getId(),
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
        // holds nothing
    }
}
