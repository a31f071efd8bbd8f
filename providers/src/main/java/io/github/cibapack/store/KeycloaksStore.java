// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Set;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.provider.Provider;

/** The store as a dependency of providers. */
public final class KeycloaksStore {

    /**
     * For {@code ProviderFactory.dependsOn} of a factory whose threads use the store: Keycloak
     * closes such a factory first, and the others in no order.
     */
    public static final Set<Class<? extends Provider>> DEPENDENCY =
            Set.of(SingleUseObjectProvider.class);

    private KeycloaksStore() {}
}
