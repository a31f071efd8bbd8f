// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.links.NeedsNewer;
import org.keycloak.OAuthErrorException;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Refuses scopes that the user has not approved, whichever grant would make the token: Keycloak's
 * token exchange gives a client whatever it may ask for anywhere.
 */
@NeedsNewer(
        otherwise =
                "A client that may exchange tokens gets scopes by it that the user has not"
                        + " approved.")
final class ScopesOfTokens implements TokenPostProcessor {
    @Override
    public void process(TokenPostProcessorContext token) {
        if (!GrantedScopes.include(token.clientSessionCtx())) {
            throw new TokenInterceptorException(
                    OAuthErrorException.INVALID_SCOPE,
                    "The user has not approved all of these scopes.");
        }
    }
}
