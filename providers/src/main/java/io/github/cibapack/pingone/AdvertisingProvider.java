// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.links.ServerLinks;
import org.keycloak.models.KeycloakSession;
import org.keycloak.wellknown.WellKnownProvider;

/** A discovery document of Keycloak's: unchanged, unless the realm asks for it. */
final class AdvertisingProvider implements WellKnownProvider {
    private final KeycloakSession session;
    private final WellKnownProvider keycloaks;

    /** Keycloak's own if the server lacks what the pack needs. */
    static WellKnownProvider of(KeycloakSession session, WellKnownProvider keycloaks) {
        return ServerLinks.here().areComplete()
                ? new AdvertisingProvider(session, keycloaks)
                : keycloaks;
    }

    private AdvertisingProvider(KeycloakSession session, WellKnownProvider keycloaks) {
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
