// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.links.NeedsNewer;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** Which pages of other origins may read the answer to a poll that waited. */
@NeedsNewer(otherwise = "The answer to a long poll has no headers for browsers (CORS).")
final class CheckedOrigins {
    private CheckedOrigins() {}

    /** Those of the client, or none. */
    static void allow(Cors cors, KeycloakSession session, ClientModel client) {
        cors.checkAllowedOrigins(session, client);
    }
}
