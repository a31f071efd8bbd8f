// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.links.NeedsNewer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;

/** Completes a lightweight access token. */
@NeedsNewer(
        otherwise =
                "An admin who calls dynamic registration with a lightweight access token does not"
                        + " set attributes 'ciba.*' there.")
final class LightweightRoles {
    private LightweightRoles() {}

    static void addTo(AccessToken token, KeycloakSession session, RealmModel realm) {
        AuthenticationManager.resolveLightweightAccessTokenRoles(session, token, realm);
    }
}
