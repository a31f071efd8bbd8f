// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.RequestStore;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelResponse.Status;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationCallbackEndpoint;
import org.keycloak.protocol.oidc.grants.device.endpoints.DeviceEndpoint;

/**
 * Keycloak's callback for decisions that an HTTP channel's server has taken. Requests of Keycloak's
 * own endpoint go Keycloak's way; those of the documented endpoint are decided like any other of
 * them, so that they have one winner, an end and their places given back.
 */
final class DecidedElsewhere extends BackchannelAuthenticationCallbackEndpoint {

    DecidedElsewhere(KeycloakSession session, EventBuilder event) {
        super(session, event);
    }

    @Override
    protected void approveRequest(String authResultId, Map<String, String> additionalParams) {
        Optional<String> documented = documented(authResultId);
        if (documented.isEmpty()) {
            super.approveRequest(authResultId, additionalParams);
            return;
        }
        new RequestStore(session).decide(documented.get(), Decision.APPROVED);
    }

    @Override
    protected void denyRequest(String authResultId, Status status) {
        Optional<String> documented = documented(authResultId);
        if (documented.isEmpty()) {
            super.denyRequest(authResultId, status);
            return;
        }
        new RequestStore(session).decide(documented.get(), Decision.DENIED);
    }

    /** The id of the request, where it was started at the documented endpoint. */
    private Optional<String> documented(String authResultId) {
        return Optional.ofNullable(DeviceEndpoint.getDeviceByUserCode(session, realm, authResultId))
                .map(OAuth2DeviceCodeModel::getDeviceCode)
                .filter(RequestIds::startedAtAs);
    }
}
