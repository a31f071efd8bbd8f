// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import io.github.cibapack.it.server.KeycloakServer;
import java.net.URI;

/**
 * Where a relying party sends its requests.
 *
 * @param issuer the realm's issuer
 * @param start takes authentication requests
 * @param token takes polls
 */
record Endpoints(URI issuer, URI start, URI token) {

    /** The documented endpoints of the pack. */
    static Endpoints as(KeycloakServer server, String realm) {
        URI issuer = server.url("/realms/" + realm);
        return new Endpoints(
                issuer,
                URI.create(issuer + "/as/cibaAuthorization"),
                URI.create(issuer + "/as/token"));
    }

    /** Keycloak's own. */
    static Endpoints keycloak(KeycloakServer server, String realm) {
        URI issuer = server.url("/realms/" + realm);
        URI token = URI.create(issuer + "/protocol/openid-connect/token");
        URI start = URI.create(issuer + "/protocol/openid-connect/ext/ciba/auth");
        return new Endpoints(issuer, start, token);
    }
}
