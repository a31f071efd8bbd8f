// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.outbound.OutboundClient;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelRequest;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProvider;

/**
 * Keycloak's HTTP channel at an address that a realm's admin has chosen: what is sent is
 * Keycloak's, the way out is through the guard for outgoing calls.
 */
final class GuardedHttpChannel extends HttpAuthenticationChannelProvider {

    GuardedHttpChannel(KeycloakSession session, String url) {
        super(session, url);
    }

    @Override
    protected SimpleHttpRequest completeDecoupledAuthnRequest(
            SimpleHttpRequest complete, AuthenticationChannelRequest asked) {
        SimpleHttpRequest guarded =
                SimpleHttp.create(OutboundClient.of(session).asHttpClient())
                        .doPost(complete.getUrl())
                        .json(asked);
        complete.getHeaders().forEach(guarded::header);
        return guarded;
    }
}
