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
        return new LoginHint(session).resolve(loginHint).orElse(null);
    }

    /**
     * The user whom the token names, or null.
     *
     * @throws HintRefusedException where the token does not verify
     */
    @Override
    public UserModel getUserFromLoginHintToken(String loginHintToken) {
        return new LoginHintToken(session).resolve(loginHintToken).orElse(null);
    }

    /**
     * The user whom the token names, or null.
     *
     * @throws HintRefusedException where the token does not verify
     */
    @Override
    public UserModel getUserFromIdTokenHint(String idToken) {
        return new IdTokenHint(session).resolve(idToken).orElse(null);
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
