// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.store.Login;
import io.github.cibapack.store.Outcome;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Tells Keycloak's mappers what a decision rests on, so that {@code acr}, {@code amr} and {@code
 * auth_time} (OpenID Connect Core §2) say what really happened: a login of some level, or no more
 * than the link in the mail, which is level 0.
 */
final class Authentication {
    private static final int LINK_LEVEL = 0;

    private final Outcome outcome;

    Authentication(Outcome outcome) {
        this.outcome = outcome;
    }

    void describe(UserSessionModel userSession, ClientSessionContext clientSession) {
        userSession.setNote(AuthenticationManager.AUTH_TIME, Long.toString(outcome.authTime()));
        outcome.login()
                .flatMap(Login::methods)
                .ifPresent(note -> userSession.setNote(Constants.AUTHENTICATORS_COMPLETED, note));
        int level = outcome.login().map(Login::level).orElse(LINK_LEVEL);
        clientSession
                .getClientSession()
                .setNote(Constants.LEVEL_OF_AUTHENTICATION, Integer.toString(level));
    }
}
