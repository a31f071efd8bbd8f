// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import io.github.cibapack.it.server.TestJar;
import java.nio.file.Path;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.SingleUseObjectProviderFactory;
import org.keycloak.provider.ProviderFactory;

/** Puts the broken store in front of Keycloak's embedded cache, if the server is told to. */
public final class BrokenStoreFactory
        implements SingleUseObjectProviderFactory<SingleUseObjectProvider> {
    /** What such a server is started with. */
    public static final String BROKEN = "--spi-single-use-object--broken--is-broken=true";

    private static final String REAL = "infinispan";

    private boolean isBroken;

    /** The provider as a JAR in {@code target}. */
    public static Path provider() {
        return TestJar.ofProvider(
                "broken-store.jar",
                SingleUseObjectProviderFactory.class.getName(),
                BrokenStoreFactory.class,
                "BrokenStore");
    }

    @Override
    public SingleUseObjectProvider create(KeycloakSession session) {
        ProviderFactory<SingleUseObjectProvider> real =
                session.getKeycloakSessionFactory()
                        .getProviderFactory(SingleUseObjectProvider.class, REAL);
        SingleUseObjectProvider store = real.create(session);
        return isBroken ? new BrokenStore(store) : store;
    }

    @Override
    public String getId() {
        return "broken";
    }

    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void init(Config.Scope config) {
        isBroken = config.getBoolean("is-broken", false);
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
