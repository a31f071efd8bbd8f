// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.links.ServerLinks;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.DefaultClientRegistrationProviderFactory;

/**
 * Replaces Keycloak's registration in its own format. Same id: Keycloak prefers the class from
 * outside its own packages.
 */
public final class DefaultRegistrationFactory extends DefaultClientRegistrationProviderFactory {
    @Override
    public ClientRegistrationProvider create(KeycloakSession session) {
        return ServerLinks.here().areComplete()
                ? new DefaultRegistration(session)
                : super.create(session);
    }
}
