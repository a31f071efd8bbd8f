// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.hint.CibaLoginUserResolver;
import io.github.cibapack.hint.CibaLoginUserResolverFactory;
import io.github.cibapack.hint.HintFailure;
import io.github.cibapack.hint.HintRefusedException;
import io.github.cibapack.hint.UserEligibility;
import io.github.cibapack.policy.CibaPolicy;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;

/** Turns the hint into the user who may be asked. */
final class UserResolution {
    private final KeycloakSession session;
    private final CibaPolicy policy;

    UserResolution(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.policy = policy;
    }

    /**
     * The user.
     *
     * @throws CibaErrorException if the hint names nobody who may be asked
     */
    UserModel of(Hint hint) {
        UserModel user = resolve(hint);
        return switch (UserEligibility.of(session, Optional.ofNullable(user))) {
            case YES -> user;
            case NOT_FOUND -> throw unknown("user_not_found");
            case DISABLED -> throw unknown("user_disabled");
            case LOCKED ->
                    throw new CibaErrorException(
                            CibaError.ACCESS_DENIED,
                            "The user cannot be asked at the moment.",
                            CibaErrorException.USER_LOCKED);
        };
    }

    /** One answer for both: who does not exist and who is switched off cannot be told apart. */
    static CibaErrorException unknown(String reason) {
        return new CibaErrorException(
                CibaError.UNKNOWN_USER_ID,
                "The hint does not identify a user who can be asked.",
                reason);
    }

    private UserModel resolve(Hint hint) {
        if (hint.kind().isEmpty()) {
            return session.users().getUserById(session.getContext().getRealm(), hint.value());
        }
        CIBALoginUserResolver resolver = resolver();
        try {
            return switch (hint.kind().get()) {
                case LOGIN_HINT -> resolver.getUserFromLoginHint(hint.value());
                case LOGIN_HINT_TOKEN -> resolver.getUserFromLoginHintToken(hint.value());
                case ID_TOKEN_HINT -> resolver.getUserFromIdTokenHint(hint.value());
            };
        } catch (HintRefusedException e) {
            throw refusal(e);
        }
    }

    /** The same at both endpoints. */
    static CibaErrorException refusal(HintRefusedException e) {
        if (e.failure().dependsOnUser()) {
            return CibaErrorException.hintOfUser(e);
        }
        return new CibaErrorException(
                e.failure() == HintFailure.EXPIRED
                        ? CibaError.EXPIRED_LOGIN_HINT_TOKEN
                        : CibaError.INVALID_REQUEST,
                e.sentence(),
                e.failure().reason());
    }

    /** By id, as an admin may have chosen another default for Keycloak's own endpoint. */
    private CIBALoginUserResolver resolver() {
        CIBALoginUserResolver own =
                session.getProvider(
                        CIBALoginUserResolver.class, CibaLoginUserResolverFactory.PROVIDER_ID);
        if (own instanceof CibaLoginUserResolver resolver) {
            return resolver.under(Optional.of(policy), false);
        }
        return own != null ? own : session.getProvider(CIBALoginUserResolver.class);
    }
}
