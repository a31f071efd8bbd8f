// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.resource.GrantedResources;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Keycloak's introspection, which tells the basic claims and those of mappers, with the approved
 * details as well (RFC 9396 §9.2), and with the approved resources alone as its audience.
 */
final class DetailsIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {
    DetailsIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    public AccessToken transformAccessToken(AccessToken token, UserSessionModel userSession) {
        return complete(super.transformAccessToken(token, userSession), token, userSession);
    }

    /**
     * What is told of a token, with all that was approved and no more.
     *
     * @param told by Keycloak and its mappers, who add the audiences again that were not approved
     */
    static AccessToken complete(AccessToken told, AccessToken token, UserSessionModel userSession) {
        Optional<AuthenticatedClientSessionModel> client =
                Optional.ofNullable(
                                userSession.getRealm().getClientByClientId(token.getIssuedFor()))
                        .map(of -> userSession.getAuthenticatedClientSessionByClient(of.getId()));
        if (client.filter(GrantedResources::areIn).isPresent()) {
            told.audience(token.getAudience());
        }
        client.flatMap(GrantedDetails::of)
                .ifPresent(
                        details ->
                                told.setOtherClaims(
                                        AuthorizationDetails.PARAMETER, details.claim()));
        return told;
    }
}
