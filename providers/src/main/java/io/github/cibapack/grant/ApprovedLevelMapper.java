// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.protocol.oidc.mappers.AcrProtocolMapper;

/**
 * Keycloak's mapper of {@code acr}. In a session that an approval has made, the level is that of
 * the decision for every token: a token exchange notes that its client has none, which Keycloak
 * takes for a login. Same id: Keycloak prefers the class from outside its own packages.
 */
public final class ApprovedLevelMapper extends AcrProtocolMapper {
    @Override
    protected String getAcr(AuthenticatedClientSessionModel clientSession) {
        AuthenticationClaims.restoreLevel(clientSession);
        return super.getAcr(clientSession);
    }
}
