// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Keycloak's introspection of refresh tokens. What its mappers add is that of an access token, and
 * the client can ask for a signed form of it.
 */
final class RefreshIntrospection extends RefreshTokenIntrospectionProvider {
    RefreshIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    public AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        return DetailsIntrospection.complete(
                super.transformAccessToken(token, userSession), token, userSession);
    }
}
