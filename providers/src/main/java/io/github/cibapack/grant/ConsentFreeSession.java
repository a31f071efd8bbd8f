// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.scope.SessionView;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserProvider;

/**
 * A view of a session in which nobody gives a lasting consent. Keycloak's grant stores one for
 * whatever scopes it issues; after an approval that was for one time, what was consented to before
 * must stand there afterwards, to the letter and to the date. To revoke what the grant has stored
 * would end other sessions and offline tokens, so it is not stored in the first place.
 */
final class ConsentFreeSession {
    private static final SessionView.Answer NOTHING = (arguments, original) -> null;

    private ConsentFreeSession() {}

    static KeycloakSession of(KeycloakSession session) {
        return SessionView.of(
                KeycloakSession.class,
                session,
                Map.of("users", (arguments, original) -> users(session)));
    }

    private static UserProvider users(KeycloakSession session) {
        return SessionView.of(
                UserProvider.class,
                session.users(),
                Map.of("addConsent", NOTHING, "updateConsent", NOTHING));
    }
}
