// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Whether a user may be asked at all. */
public enum UserEligibility {
    YES,
    NOT_FOUND,
    DISABLED,
    LOCKED;

    /** Judges whom a hint has named. */
    public static UserEligibility of(KeycloakSession session, Optional<UserModel> named) {
        if (named.isEmpty()) {
            return NOT_FOUND;
        }
        if (!named.get().isEnabled()) {
            return DISABLED;
        }
        boolean locked =
                AuthenticatorUtils.getDisabledByBruteForceEventError(
                                session.getProvider(BruteForceProtector.class),
                                session,
                                session.getContext().getRealm(),
                                named.get())
                        != null;
        return locked ? LOCKED : YES;
    }
}
