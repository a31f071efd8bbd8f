// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DrainBegins;
import io.github.cibapack.ping.Pings;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.spi.PositiveOption;
import io.github.cibapack.store.StoreDependency;
import io.github.cibapack.webhook.Webhooks;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;

/**
 * Registers those who listen, for all realms: the one place that names them. A realm need not list
 * the listener of Keycloak's events or store events.
 */
public final class ObservationListenerFactory implements EventListenerProviderFactory {
    public static final String PROVIDER_ID = "ciba-observation";

    private static final String WATCHED = "watchedRequests";
    private static final int DEFAULT_WATCHED = 100_000;
    private static final String QUEUE_SIZE = "webhookQueueSize";
    private static final int DEFAULT_QUEUE_SIZE = 10_000;
    private static final String WORKERS = "webhookWorkers";
    private static final int DEFAULT_WORKERS = 8;

    private static final String PING_QUEUE_SIZE = "pingQueueSize";
    private static final String PING_WORKERS = "pingWorkers";
    private static final int DEFAULT_PING_WORKERS = 16;

    private int watched;
    private int queueSize;
    private int workers;
    private int pingQueueSize;
    private int pingWorkers;
    private final RequestMetrics metrics = new RequestMetrics();
    private ExpiryWatch watch;
    private Webhooks webhooks;
    private Pings pings;
    private KeycloakSessionFactory sessions;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ObservationListener(session, metrics, webhooks);
    }

    @Override
    public void init(Config.Scope config) {
        watched = positive(config, WATCHED, DEFAULT_WATCHED);
        queueSize = positive(config, QUEUE_SIZE, DEFAULT_QUEUE_SIZE);
        workers = positive(config, WORKERS, DEFAULT_WORKERS);
        pingQueueSize = positive(config, PING_QUEUE_SIZE, DEFAULT_QUEUE_SIZE);
        pingWorkers = positive(config, PING_WORKERS, DEFAULT_PING_WORKERS);
    }

    private static int positive(Config.Scope config, String key, int defaultValue) {
        return PositiveOption.of(config, PROVIDER_ID, key, defaultValue);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        watch = new ExpiryWatch(factory, watched);
        webhooks = new Webhooks(queueSize, workers);
        pings = new Pings(pingQueueSize, pingWorkers);
        Meters.gauge(
                "ciba_pending",
                "Requests that this node has taken and that are neither decided nor over",
                watch::size);
        List<Consumer<RequestEvent>> listeners =
                List.of(new EventWriter()::write, metrics::count, watch::follow, pings::tell);
        listeners.forEach(listener -> factory.register(RequestEvent.listener(listener)));
        sessions = factory;
        factory.register(DrainBegins.listener(this::stop));
    }

    private void stop() {
        pings.stop();
        webhooks.stop();
    }

    /** Closed before the store, which the listener needs to end what is left. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return StoreDependency.DEPENDENCY;
    }

    @Override
    public void close() {
        if (watch != null) {
            sessions.publish(new DrainBegins());
            watch.close();
            pings.close();
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
