// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import org.keycloak.models.KeycloakSession;
import org.keycloak.wellknown.WellKnownProvider;

/** A discovery document of Keycloak's: unchanged, unless the realm asks for it. */
final class AdvertisingProvider implements WellKnownProvider {
    private final KeycloakSession session;
    private final WellKnownProvider keycloaks;

    AdvertisingProvider(KeycloakSession session, WellKnownProvider keycloaks) {
        this.session = session;
        this.keycloaks = keycloaks;
    }

    @Override
    public Object getConfig() {
        Object document = keycloaks.getConfig();
        return CibaMetadata.isAdvertisedBy(session.getContext().getRealm())
                ? new CibaMetadata(session).putInto(document)
                : document;
    }

    @Override
    public void close() {
        keycloaks.close();
    }
}
