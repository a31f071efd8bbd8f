// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.store.KeycloaksStore;
import io.github.cibapack.store.RequestDecided;
import java.util.List;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;

/** Listens to decisions and owns this node's ping queue. */
public final class PingProviderFactory implements ProviderFactory<PingProvider> {
    private static final String PROVIDER_ID = "default";
    private static final String QUEUE_SIZE = "queueSize";
    private static final int DEFAULT_QUEUE_SIZE = 10_000;
    private static final String WORKERS = "workers";
    private static final int DEFAULT_WORKERS = 8;

    private int queueSize;
    private int workers;
    private PingQueue queue;

    @Override
    public PingProvider create(KeycloakSession session) {
        return new PingProvider(session, queue);
    }

    @Override
    public void init(Config.Scope config) {
        queueSize = positive(config, QUEUE_SIZE, DEFAULT_QUEUE_SIZE);
        workers = positive(config, WORKERS, DEFAULT_WORKERS);
    }

    private static int positive(Config.Scope config, String key, int fallback) {
        int value = config.getInt(key, fallback);
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Option '" + key + "' of '" + PingSpi.NAME + "' must be at least 1");
        }
        return value;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        queue = new PingQueue(new PingLog(factory), queueSize, workers);
        factory.register(this::onEvent);
    }

    private void onEvent(ProviderEvent event) {
        if (event instanceof RequestDecided decided) {
            create(decided.session()).decided(decided.request());
        }
    }

    /** Closed before the store, which is still needed when the queue is ended. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return KeycloaksStore.DEPENDENCY;
    }

    @Override
    public void close() {
        if (queue != null) {
            queue.close();
        }
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(QUEUE_SIZE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_QUEUE_SIZE)
                .helpText("Pings of this node that may be on their way at a time.")
                .add()
                .property()
                .name(WORKERS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_WORKERS)
                .helpText("Threads of this node that send pings.")
                .add()
                .build();
    }
}
