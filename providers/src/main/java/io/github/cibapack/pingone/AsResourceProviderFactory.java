// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.health.FitServerResourceFactory;
import io.github.cibapack.spi.PositiveOption;
import io.github.cibapack.store.StoreDependency;
import io.github.cibapack.waiting.WaitPlaces;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;

/** Registers the {@code as} endpoints under {@code /realms/{realm}/as}. */
public final class AsResourceProviderFactory extends FitServerResourceFactory {
    public static final String PROVIDER_ID = "as";

    private static final String OF_NODE = "maxWaitingPolls";
    private static final int DEFAULT_OF_NODE = 10_000;
    private static final String OF_REALM = "maxWaitingPollsPerRealm";
    private static final int DEFAULT_OF_REALM = 5_000;
    private static final String OF_CLIENT = "maxWaitingPollsPerClient";
    private static final int DEFAULT_OF_CLIENT = 2_500;

    private WaitPlaces places;
    private LongPolling longPolling;

    /** Made by Keycloak. */
    public AsResourceProviderFactory() {
        super(PROVIDER_ID);
    }

    @Override
    protected Object resource(KeycloakSession session) {
        return LongPolling.isWanted(session)
                ? new LongPollResource(session, longPolling)
                : new AsResource(session);
    }

    @Override
    public void init(Config.Scope config) {
        places =
                new WaitPlaces(
                        PositiveOption.of(config, PROVIDER_ID, OF_NODE, DEFAULT_OF_NODE),
                        PositiveOption.of(config, PROVIDER_ID, OF_REALM, DEFAULT_OF_REALM),
                        PositiveOption.of(config, PROVIDER_ID, OF_CLIENT, DEFAULT_OF_CLIENT));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        super.postInit(factory);
        longPolling = new LongPolling(factory, places);
    }

    /** Closed before the store, which is still needed when waits are ended. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return StoreDependency.DEPENDENCY;
    }

    @Override
    public void close() {
        if (longPolling != null) {
            longPolling.close();
        }
    }
}
