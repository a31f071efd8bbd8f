// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.account;

import io.github.cibapack.links.NeedsNewer;
import io.github.cibapack.links.ServerLinks;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * Somebody whom Keycloak has authenticated, by a cookie or a token: its own {@code AuthResult},
 * which is a record since 26.5 and has only getters before.
 *
 * @param user who it is
 * @param session of the login
 * @param token that was shown, or is in the cookie
 */
public record Authenticated(UserModel user, UserSessionModel session, AccessToken token) {

    /** Reads what Keycloak has found; null if it has found nobody. */
    public static Authenticated of(AuthResult found) {
        if (found == null) {
            return null;
        }
        return ServerLinks.here().have(() -> OfRecord.class)
                ? OfRecord.read(found)
                : OfGetters.read(found);
    }

    @NeedsNewer(otherwise = "")
    private static final class OfRecord {
        static Authenticated read(AuthResult found) {
            return new Authenticated(found.user(), found.session(), found.token());
        }
    }

    @NeedsNewer(otherwise = "")
    private static final class OfGetters {
        @SuppressWarnings("removal") // and they will not be missed
        static Authenticated read(AuthResult found) {
            return new Authenticated(found.getUser(), found.getSession(), found.getToken());
        }
    }
}
