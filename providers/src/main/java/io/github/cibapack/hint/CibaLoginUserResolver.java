// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import java.util.Optional;
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
        return named(new LoginHint(session).resolve(loginHint), loginHint);
    }

    /**
     * The user whom the token names, or null.
     *
     * @throws HintRefusedException if the token does not verify
     */
    @Override
    public UserModel getUserFromLoginHintToken(String loginHintToken) {
        return named(new LoginHintToken(session).resolve(loginHintToken), loginHintToken);
    }

    /**
     * The user whom the token names, or null.
     *
     * @throws HintRefusedException if the token does not verify
     */
    @Override
    public UserModel getUserFromIdTokenHint(String idToken) {
        return named(new IdTokenHint(session).resolve(idToken), idToken);
    }

    private UserModel named(Optional<UserModel> user, String hint) {
        return HiddenUsers.areHidden(session) && Askable.of(session, user) != Askable.YES
                ? StandIn.of(session, hint)
                : user.orElse(null);
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
