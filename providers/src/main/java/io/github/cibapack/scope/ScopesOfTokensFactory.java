// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.links.NeedsNewer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Keycloak calls it for each answer with tokens. */
@NeedsNewer(otherwise = "")
public final class ScopesOfTokensFactory implements TokenPostProcessorFactory {
    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new ScopesOfTokens();
    }

    @Override
    public String getId() {
        return "ciba-scopes";
    }
}
