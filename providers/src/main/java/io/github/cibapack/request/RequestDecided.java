// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published inside the transaction of the decision that won, whoever made it. Listeners must not
 * fail and must do their work after the commit.
 *
 * @param session the session of the decision
 * @param request the request as it is now
 * @param decision how it ended
 */
public record RequestDecided(
        KeycloakSession session, OAuth2DeviceCodeModel request, Decision decision)
        implements ProviderEvent {
    @Override
    public KeycloakSession getKeycloakSession() {
        return session;
    }
}
