// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.links.ServerLinks;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProviderFactory;

/**
 * Replaces Keycloak's OpenID Connect registration. Same id: Keycloak prefers the class from outside
 * its own packages.
 */
public final class CibaClientRegistrationFactory extends OIDCClientRegistrationProviderFactory {
    @Override
    public ClientRegistrationProvider create(KeycloakSession session) {
        return ServerLinks.here().areComplete()
                ? new CibaClientRegistration(session)
                : super.create(session);
    }
}
