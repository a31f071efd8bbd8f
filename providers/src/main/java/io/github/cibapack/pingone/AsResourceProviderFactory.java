// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.health.FitServerResourceFactory;
import org.keycloak.models.KeycloakSession;

/** Registers the {@code as} endpoints under {@code /realms/{realm}/as}. */
public final class AsResourceProviderFactory extends FitServerResourceFactory {
    public static final String PROVIDER_ID = "as";

    /** Made by Keycloak. */
    public AsResourceProviderFactory() {
        super(PROVIDER_ID);
    }

    @Override
    protected Object resource(KeycloakSession session) {
        return new AsResource(session);
    }
}
