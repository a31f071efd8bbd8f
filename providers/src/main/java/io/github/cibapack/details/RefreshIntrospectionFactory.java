// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.links.ServerLinks;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Same id as Keycloak's, so that it takes its place for refresh tokens. */
public final class RefreshIntrospectionFactory extends RefreshTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return ServerLinks.here().areComplete()
                ? new RefreshIntrospection(session)
                : super.create(session);
    }
}
