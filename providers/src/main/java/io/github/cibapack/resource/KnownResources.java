// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import org.keycloak.models.KeycloakSession;

/** The resources of a realm, whoever the user is. */
public final class KnownResources {
    private KnownResources() {}

    /**
     * Refuses what no client of the realm is.
     *
     * @throws UnfitResourceException if one is unknown
     */
    public static void require(KeycloakSession session, ResourceIndicators resources)
            throws UnfitResourceException {
        ResourceTarget target = new ResourceTarget(session);
        for (String uri : resources.uris()) {
            if (target.clients(uri).isEmpty()) {
                throw new UnfitResourceException(
                        "No API of the realm has this resource.", "unknown_resource");
            }
        }
    }
}
