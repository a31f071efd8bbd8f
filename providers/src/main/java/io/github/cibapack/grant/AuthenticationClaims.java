// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.request.Login;
import io.github.cibapack.request.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Tells Keycloak's mappers what a decision rests on, so that {@code acr}, {@code amr} and {@code
 * auth_time} (OpenID Connect Core §2) say what really happened: a login of some level, or no more
 * than the link in the mail, which is level 0.
 */
final class AuthenticationClaims {
    private static final int LINK_LEVEL = 0;

    /** In the user session. */
    private static final String APPROVED_LEVEL = "ciba.approved_level";

    private AuthenticationClaims() {}

    /**
     * Describes a decision.
     *
     * @param acrValues what the relying party asked for: of several names of the level that was
     *     reached it gets back its own
     */
    static void describe(
            Outcome outcome,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext,
            Optional<String> acrValues) {
        userSession.setNote(AuthenticationManager.AUTH_TIME, Long.toString(outcome.authTime()));
        outcome.login()
                .flatMap(Login::methods)
                .ifPresent(note -> userSession.setNote(Constants.AUTHENTICATORS_COMPLETED, note));
        int level = outcome.login().map(Login::level).orElse(LINK_LEVEL);
        AuthenticatedClientSessionModel clientSession = clientSessionContext.getClientSession();
        clientSession.setNote(Constants.LEVEL_OF_AUTHENTICATION, Integer.toString(level));
        userSession.setNote(APPROVED_LEVEL, Integer.toString(level));
        Map<String, Integer> known = AcrUtils.getAcrLoaMap(clientSession.getClient());
        acrValues.stream()
                .flatMap(values -> Arrays.stream(values.split(" ")))
                .filter(acr -> Integer.valueOf(level).equals(known.get(acr)))
                .findFirst()
                .ifPresent(acr -> clientSession.setNote(OIDCLoginProtocol.ACR_PARAM, acr));
    }

    /** Makes the level that of the decision again, if an approval has made the user session. */
    static void restoreLevel(AuthenticatedClientSessionModel client) {
        String level = client.getUserSession().getNote(APPROVED_LEVEL);
        if (level != null && !level.equals(client.getNote(Constants.LEVEL_OF_AUTHENTICATION))) {
            client.setNote(Constants.LEVEL_OF_AUTHENTICATION, level);
        }
    }
}
