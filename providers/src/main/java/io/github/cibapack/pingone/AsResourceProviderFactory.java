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

    private static final PositiveOption OF_NODE = option("maxWaitingPolls", 10_000);
    private static final PositiveOption OF_REALM = option("maxWaitingPollsPerRealm", 5_000);
    private static final PositiveOption OF_CLIENT = option("maxWaitingPollsPerClient", 2_500);

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
        places = new WaitPlaces(OF_NODE.in(config), OF_REALM.in(config), OF_CLIENT.in(config));
    }

    private static PositiveOption option(String key, int usual) {
        return new PositiveOption(PROVIDER_ID, key, usual, "");
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
