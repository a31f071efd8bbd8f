// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.health.OutOfService;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.ext.OIDCExtProvider;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationCallbackEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.CibaRootEndpoint;

/**
 * Replaces Keycloak's {@code ext/ciba} by the same thing with a guarded start. Same id: Keycloak
 * prefers the class from outside its own packages.
 */
public final class KeycloakCibaRootEndpoint extends CibaRootEndpoint {
    private final KeycloakSession session;
    private EventBuilder event;

    /** For the service loader. */
    public KeycloakCibaRootEndpoint() {
        this(null);
    }

    private KeycloakCibaRootEndpoint(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public OIDCExtProvider create(KeycloakSession session) {
        return new KeycloakCibaRootEndpoint(session);
    }

    @Override
    public void setEvent(EventBuilder event) {
        super.setEvent(event);
        this.event = event;
    }

    @Override
    public BackchannelAuthenticationEndpoint authorize() {
        OutOfService.requireLinks();
        return new KeycloakAuthenticationEndpoint(session, event);
    }

    @Override
    public BackchannelAuthenticationCallbackEndpoint authenticate() {
        return new ChannelCallbackEndpoint(session, event);
    }
}
