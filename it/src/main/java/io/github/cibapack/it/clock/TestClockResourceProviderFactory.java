// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clock;

import io.github.cibapack.it.server.TestProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the test clock under {@code /realms/{realm}/test-clock}. */
public final class TestClockResourceProviderFactory
        implements RealmResourceProviderFactory, TestProviderFactory<RealmResourceProvider> {
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new Resource(new TestClockResource(session));
    }

    @Override
    public String getId() {
        return "test-clock";
    }
}
