// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The realm's {@code oauth-authorization-server}. Same id as Keycloak's, so that an admin's options
 * for it still count; Keycloak prefers the class from outside its own packages.
 */
public final class AuthorizationServerMetadataFactory extends OAuth2WellKnownProviderFactory {
    @Override
    public WellKnownProvider create(KeycloakSession session) {
        return AdvertisingProvider.of(session, super.create(session));
    }
}
