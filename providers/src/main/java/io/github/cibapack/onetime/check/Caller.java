// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import io.github.cibapack.time.ServerClock;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.JsonWebToken;

/**
 * Who sent the request, as its access token says.
 *
 * @param userId internal id of the user
 * @param subject claim {@code sub}
 * @param clientId claim {@code azp}
 * @param tokenId of the token
 * @param sessionId of the user's session; null if the token has none
 * @param issuedAt of the token, in seconds since the epoch
 * @param expiresAt of the token, in seconds since the epoch
 * @param hint the claim that identifies the user who is asked; never logged
 */
public record Caller(
        String userId,
        String subject,
        String clientId,
        String tokenId,
        String sessionId,
        long issuedAt,
        long expiresAt,
        String hint) {

    /**
     * Whether the token would still be good: a check may have waited for minutes.
     *
     * @param session any, with the realm set
     */
    public boolean isTokenStillValid(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, userId);
        ClientModel client = realm.getClientByClientId(clientId);
        return realm.isEnabled()
                && user != null
                && user.isEnabled()
                && client != null
                && client.isEnabled()
                && ServerClock.seconds() < expiresAt
                && new TokenManager.TokenRevocationCheck(session)
                        .test(new JsonWebToken().id(tokenId))
                && issuedAt >= realm.getNotBefore()
                && issuedAt >= client.getNotBefore()
                && issuedAt >= session.users().getNotBeforeOfUser(realm, user)
                && isSignedIn(session, realm);
    }

    private boolean isSignedIn(KeycloakSession session, RealmModel realm) {
        return sessionId == null
                || session.sessions().getUserSession(realm, sessionId) != null
                || session.sessions().getOfflineUserSession(realm, sessionId) != null;
    }

    /** Never prints the hint. */
    @Override
    public String toString() {
        return "Caller[" + userId + ", " + clientId + "]";
    }
}
