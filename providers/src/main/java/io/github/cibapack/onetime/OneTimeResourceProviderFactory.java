// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.health.FitServerResourceFactory;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.store.StoreDependency;
import io.github.cibapack.waiting.PendingWaits;
import io.github.cibapack.waiting.ServerStop;
import io.github.cibapack.waiting.WaitPlaces;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;

/** Registers {@code /realms/{realm}/one-time-authorization}. */
public final class OneTimeResourceProviderFactory extends FitServerResourceFactory {
    public static final String PROVIDER_ID = OneTimeRule.CHECKS;

    private static final int MOST_WAITERS = 10_000;

    private final TokenProviders providers = new TokenProviders();
    private int mostWaiters;
    private GatewayExecutors executors;
    private PendingWaits waits;

    /** Made by Keycloak. */
    public OneTimeResourceProviderFactory() {
        super(PROVIDER_ID);
    }

    @Override
    protected Object resource(KeycloakSession session) {
        return new OneTimeResource(
                session,
                new CheckHandler(providers, waits, executors),
                new StatusHandler(providers, executors));
    }

    @Override
    public void init(Config.Scope config) {
        mostWaiters = config.getInt("max-waiting", MOST_WAITERS);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        super.postInit(factory);
        executors = new GatewayExecutors(factory);
        waits = new PendingWaits(factory, executors.remoteLooks(), WaitPlaces.of(mostWaiters));
        ServerStop.announce(executors::release);
        ServerStop.announce(waits::release);
        Meters.gauge(
                "ciba.gateway.waiting",
                "Checks of gateways that wait for a decision on this node",
                waits::count);
        Meters.gauge(
                "ciba.gateway.remote",
                "Checks of gateways for which another token provider is called, or about to be, on"
                        + " this node",
                executors::countRemote);
    }

    /** Closed before the store, which is still needed when waits are ended. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return StoreDependency.DEPENDENCY;
    }

    @Override
    public void close() {
        if (waits != null) {
            waits.close();
            executors.close();
        }
    }
}
