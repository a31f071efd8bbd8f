// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the contract under {@code /realms/{realm}/store-contract}. */
public final class StoreContractResourceProviderFactory implements RealmResourceProviderFactory {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new StoreContractResource(session.getKeycloakSessionFactory());
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public String getId() {
        return "store-contract";
    }

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to do
    }

    @Override
    public void close() {
        // holds nothing
    }
}
