// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.spi.WithoutLifeCycle;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers a resource of the realms; only a fit server serves it. */
public abstract class FitServerResourceFactory
        implements RealmResourceProviderFactory, WithoutLifeCycle<RealmResourceProvider> {
    private final String id;
    private Fitness fitness;

    /**
     * A factory.
     *
     * @param id of the provider, the first segment of its paths below the realm
     */
    protected FitServerResourceFactory(String id) {
        this.id = id;
    }

    protected abstract Object resource(KeycloakSession session);

    @Override
    public final RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return fitness.resource(() -> resource(session));
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        fitness = new Fitness(factory);
    }

    @Override
    public final String getId() {
        return id;
    }
}
