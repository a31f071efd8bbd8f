// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.links.NeedsNewer;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorsPostProcessorFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;

/** Takes the place of Keycloak's own, which is there only if its feature is on. */
@NeedsNewer(otherwise = "")
public final class ResourceAudienceFactory extends ResourceIndicatorsPostProcessorFactory {
    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new ResourceAudience(session);
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return true;
    }

    /** Of two factories with one id Keycloak takes the one with the higher order. */
    @Override
    public int order() {
        return 1;
    }
}
