// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.links.NeedsNewer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;

/** What a discovery document says of authorization details (RFC 9396 §10). */
@NeedsNewer(otherwise = "")
public final class DetailsMetadata {
    private DetailsMetadata() {}

    /** Adds the types of a realm to those that Keycloak names. */
    public static void addTo(OIDCConfigurationRepresentation config, RealmModel realm) {
        Set<String> types = new TreeSet<>(RegisteredDetails.of(realm));
        types.addAll(
                Optional.ofNullable(config.getAuthorizationDetailsTypesSupported())
                        .orElse(List.of()));
        if (!types.isEmpty()) {
            config.setAuthorizationDetailsTypesSupported(List.copyOf(types));
        }
    }
}
