// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.links.ServerLinks;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Same id as Keycloak's, so that it takes its place for access tokens. */
public final class DetailsIntrospectionFactory extends AccessTokenIntrospectionProviderFactory {
    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return ServerLinks.here().areComplete()
                ? new DetailsIntrospection(session)
                : super.create(session);
    }
}
