// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The realm's {@code openid-configuration}. Same id as Keycloak's, so that an admin's options for
 * it still count; Keycloak prefers the class from outside its own packages.
 */
public final class OpenidConfigurationFactory extends OIDCWellKnownProviderFactory {
    @Override
    public WellKnownProvider create(KeycloakSession session) {
        return AdvertisingProvider.of(session, super.create(session));
    }
}
