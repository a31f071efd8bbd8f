// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.policy.CibaPolicy;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;

/** Resolves the hints of both endpoints: Keycloak's own and {@code as}. */
public final class CibaLoginUserResolver implements CIBALoginUserResolver {
    private final KeycloakSession session;
    private final Optional<CibaPolicy> policy;
    private final boolean hidesUsers;

    CibaLoginUserResolver(KeycloakSession session) {
        this(session, Optional.empty(), false);
    }

    private CibaLoginUserResolver(
            KeycloakSession session, Optional<CibaPolicy> policy, boolean hidesUsers) {
        this.session = session;
        this.policy = policy;
        this.hidesUsers = hidesUsers;
    }

    /**
     * The resolver for a request.
     *
     * @param under the policy that the request is asked under; empty if it has none
     * @param hides whether a decoy is named in the place of who cannot be asked: Keycloak's own
     *     endpoint answers an unknown user before anybody else is asked
     */
    public CIBALoginUserResolver under(Optional<CibaPolicy> under, boolean hides) {
        return new CibaLoginUserResolver(session, under, hides);
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
        return named(new LoginHintToken(session, policy).resolve(loginHintToken), loginHintToken);
    }

    /**
     * The user whom the token names, or null.
     *
     * @throws HintRefusedException if the token does not verify
     */
    @Override
    public UserModel getUserFromIdTokenHint(String idToken) {
        try {
            return named(new IdTokenHint(session).resolve(idToken), idToken);
        } catch (HintRefusedException e) {
            if (hidesUsers && e.failure().dependsOnUser()) {
                return DecoyUser.of(session, idToken);
            }
            throw e;
        }
    }

    private UserModel named(Optional<UserModel> user, String hint) {
        return hidesUsers && UserEligibility.of(session, user) != UserEligibility.YES
                ? DecoyUser.of(session, hint)
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
