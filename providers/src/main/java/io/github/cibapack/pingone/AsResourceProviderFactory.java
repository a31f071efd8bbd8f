// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.health.Fitness;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the {@code as} endpoints under {@code /realms/{realm}/as}. */
public final class AsResourceProviderFactory implements RealmResourceProviderFactory {
    public static final String PROVIDER_ID = "as";

    private Fitness fitness;

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return fitness.resource(() -> new AsResource(session));
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        fitness = new Fitness(factory);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
