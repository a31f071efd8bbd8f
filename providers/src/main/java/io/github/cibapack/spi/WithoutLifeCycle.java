// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.spi;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/** A factory with no options, nothing to prepare and nothing to close, unless it says otherwise. */
public interface WithoutLifeCycle<T extends Provider> extends ProviderFactory<T> {
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
}
