// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import io.github.cibapack.it.server.TestJar;
import io.github.cibapack.it.server.TestProviderFactory;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.SingleUseObjectProviderFactory;
import org.keycloak.provider.ProviderFactory;

/** Puts the broken store in front of Keycloak's embedded cache. */
public final class BrokenStoreFactory
        implements SingleUseObjectProviderFactory<SingleUseObjectProvider>,
                TestProviderFactory<SingleUseObjectProvider> {
    /** What a server is started with whose store lets everybody win. */
    public static final String BROKEN = "--spi-single-use-object--broken--is-broken=true";

    /** The client of whose requests in a realm the first removal meets a deadlock. */
    public static final String DEADLOCKED = "deadlocked-pump";

    private static final String REAL = "infinispan";

    private final Set<String> deadlocked = ConcurrentHashMap.newKeySet();
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
        return new BrokenStore(real.create(session), isBroken, deadlocked);
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
}
