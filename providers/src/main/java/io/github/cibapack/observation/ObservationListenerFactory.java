// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.store.KeycloaksStore;
import io.github.cibapack.store.RequestDecided;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.webhook.WebhookQueue;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;

/** Registers the listener for all realms. A realm need not list it or store events. */
public final class ObservationListenerFactory implements EventListenerProviderFactory {
    public static final String PROVIDER_ID = "ciba-observation";

    private static final String WATCHED = "watchedRequests";
    private static final int DEFAULT_WATCHED = 100_000;
    private static final String QUEUE_SIZE = "webhookQueueSize";
    private static final int DEFAULT_QUEUE_SIZE = 10_000;
    private static final String WORKERS = "webhookWorkers";
    private static final int DEFAULT_WORKERS = 4;

    private int watched;
    private int queueSize;
    private int workers;
    private ExpiryWatch watch;
    private WebhookQueue webhooks;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ObservationListener(session, watch, webhooks);
    }

    @Override
    public void init(Config.Scope config) {
        watched = positive(config, WATCHED, DEFAULT_WATCHED);
        queueSize = positive(config, QUEUE_SIZE, DEFAULT_QUEUE_SIZE);
        workers = positive(config, WORKERS, DEFAULT_WORKERS);
    }

    private static int positive(Config.Scope config, String key, int fallback) {
        int value = config.getInt(key, fallback);
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Option '" + key + "' of provider '" + PROVIDER_ID + "' must be at least 1");
        }
        return value;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        watch = new ExpiryWatch(factory, watched);
        webhooks = new WebhookQueue(queueSize, workers);
        factory.register(this::onEvent);
        Meters.gauge(
                "ciba_pending",
                "Requests that this node has taken and that are neither decided nor over",
                watch::size);
        Meters.gauge(
                "ciba_webhooks_queued",
                "Webhook calls of this node that are on their way",
                webhooks::size);
    }

    private void onEvent(ProviderEvent event) {
        if (event instanceof RequestDecided decided) {
            watch.forget(RequestIds.shown(decided.request().getDeviceCode()));
        }
    }

    /** Closed before the store, which the listener needs to end what is left. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return KeycloaksStore.DEPENDENCY;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (webhooks != null) {
            webhooks.close();
        }
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public boolean isGlobal() {
        return true;
    }
}
