// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/** The store as a dependency of providers. */
public final class StoreDependency {

    /**
     * For {@code ProviderFactory.dependsOn} of a factory whose threads use the store: Keycloak
     * closes such a factory first, and the others in no order.
     */
    public static final Set<Class<? extends Provider>> DEPENDENCY =
            Set.of(SingleUseObjectProvider.class);

    private StoreDependency() {}

    /** Which of Keycloak's stores this server uses, by the provider's id. */
    public static String idOf(KeycloakSessionFactory sessions) {
        return Optional.ofNullable(sessions.getProviderFactory(SingleUseObjectProvider.class))
                .map(ProviderFactory::getId)
                .orElse("none");
    }
}
