// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.DefaultClientRegistrationProvider;

/**
 * Keycloak's registration in its own format, which can contain any attribute. It also accepts the
 * tokens of the OpenID Connect registration.
 */
final class DefaultRegistration extends DefaultClientRegistrationProvider {

    DefaultRegistration(KeycloakSession session) {
        super(session);
    }

    @Override
    public ClientRepresentation create(ClientRegistrationContext context) {
        new AdminsAttributes(session, auth, event).keep(context.getClient(), Optional.empty());
        return super.create(context);
    }

    @Override
    public ClientRepresentation update(String clientId, ClientRegistrationContext context) {
        new AdminsAttributes(session, auth, event)
                .keep(
                        context.getClient(),
                        Optional.ofNullable(
                                session.getContext().getRealm().getClientByClientId(clientId)));
        return super.update(clientId, context);
    }
}
