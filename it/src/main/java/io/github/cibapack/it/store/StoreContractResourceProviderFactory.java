// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import io.github.cibapack.it.server.TestProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the contract under {@code /realms/{realm}/store-contract}. */
public final class StoreContractResourceProviderFactory
        implements RealmResourceProviderFactory, TestProviderFactory<RealmResourceProvider> {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Resource(new StoreContractResource(session.getKeycloakSessionFactory()));
    }

    @Override
    public String getId() {
        return "store-contract";
    }
}
