// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.links.NeedsNewer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Puts the approved details into each access token of the session (RFC 9396 §9.1), whichever grant
 * makes it. Keycloak's own processors of authorization details know one fixed type each, and its
 * CIBA grant does not ask them.
 */
@NeedsNewer(otherwise = "Requests with authorization_details are refused.")
final class DetailsInTokens implements TokenPostProcessor {
    private final KeycloakSession session;

    DetailsInTokens(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        Optional<AuthorizationDetails> details =
                GrantedDetails.of(context.clientSessionCtx().getClientSession());
        if (details.isPresent()) {
            List<Map<String, Object>> claim = details.get().claim();
            context.accessToken().setOtherClaims(AuthorizationDetails.PARAMETER, claim);
            CallContext.leaveGranted(session, claim);
        }
    }
}
