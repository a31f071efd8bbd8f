// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.resource.RealmResourceProvider;

/**
 * Runs inside the server: makes a provider of the tests, with no options, nothing to prepare and
 * nothing to close, unless it says otherwise.
 */
public interface TestProviderFactory<T extends Provider> extends ProviderFactory<T> {
    @Override
    default void init(Config.Scope config) {
        // no options
    }

    @Override
    default void postInit(KeycloakSessionFactory factory) {
        // nothing to prepare
    }

    @Override
    default void close() {
        // holds nothing
    }

    /** A resource that tests call, as a provider. */
    record Resource(Object resource) implements RealmResourceProvider {
        @Override
        public Object getResource() {
            return resource;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
