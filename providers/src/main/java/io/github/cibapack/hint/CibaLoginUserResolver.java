// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;

/** Resolves the hints of both endpoints: Keycloak's own and the documented one. */
final class CibaLoginUserResolver implements CIBALoginUserResolver {
    private final KeycloakSession session;

    CibaLoginUserResolver(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public UserModel getUserFromLoginHint(String loginHint) {
        return new LoginHint(session).resolve(loginHint);
    }

    @Override
    public UserModel getUserFromInfoUsedByAuthentication(String info) {
        return session.users().getUserByUsername(session.getContext().getRealm(), info);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
