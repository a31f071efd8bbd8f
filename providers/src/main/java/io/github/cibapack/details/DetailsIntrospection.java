// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Keycloak's introspection, which tells the basic claims and those of mappers, with the approved
 * details as well (RFC 9396 §9.2).
 */
final class DetailsIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {
    DetailsIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    public AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        AccessToken told = super.transformAccessToken(token, userSession);
        Optional.ofNullable(realm.getClientByClientId(token.getIssuedFor()))
                .map(of -> userSession.getAuthenticatedClientSessionByClient(of.getId()))
                .flatMap(client -> GrantedDetails.of(session, client))
                .ifPresent(
                        details ->
                                told.setOtherClaims(
                                        AuthorizationDetails.PARAMETER, details.claim()));
        return told;
    }
}
