// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.delivery.DrainBegins;
import io.github.cibapack.ping.Pings;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.spi.PositiveOption;
import io.github.cibapack.store.StoreDependency;
import io.github.cibapack.waiting.DecisionMarks;
import io.github.cibapack.webhook.Webhooks;
import java.time.Duration;
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

    private static final int QUEUED = 20_000;
    private static final PositiveOption WATCHED = option("watchedRequests", 100_000);
    private static final PositiveOption QUEUE_SIZE = option("webhookQueueSize", QUEUED);
    private static final PositiveOption WORKERS = option("webhookWorkers", 16);
    private static final PositiveOption PING_QUEUE_SIZE = option("pingQueueSize", QUEUED);
    private static final PositiveOption PING_WORKERS = option("pingWorkers", 32);
    private static final Duration PING_DRAIN = Duration.ofSeconds(5);
    private static final Duration WEBHOOK_DRAIN = Duration.ofSeconds(2);

    private Config.Scope options;
    private final RequestMetrics metrics = new RequestMetrics();
    private ExpiryWatch watch;
    private DeliveryQueue webhooks;
    private DeliveryQueue pings;
    private DecisionMarks marks;
    private KeycloakSessionFactory sessions;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ObservationListener(session, metrics, new Webhooks(webhooks));
    }

    @Override
    public void init(Config.Scope config) {
        options = config;
    }

    private static PositiveOption option(String key, int usual) {
        return new PositiveOption(PROVIDER_ID, key, usual, "");
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        watch = new ExpiryWatch(factory, WATCHED.in(options));
        marks = new DecisionMarks(factory);
        webhooks = queue("webhook", QUEUE_SIZE, WORKERS, WEBHOOK_DRAIN);
        pings = queue("ping", PING_QUEUE_SIZE, PING_WORKERS, PING_DRAIN);
        Meters.gauge(
                "ciba_pending",
                "Requests that this node has taken and that are neither decided nor over",
                watch::size);
        Meters.gauge(
                "ciba_webhooks_queued",
                "Webhook calls of this node that are on their way",
                webhooks::used);
        List<Consumer<RequestEvent>> listeners =
                List.of(
                        new EventWriter()::write,
                        metrics::count,
                        watch::follow,
                        marks::mark,
                        new Pings(pings)::tell);
        listeners.forEach(listener -> factory.register(RequestEvent.listener(listener)));
        sessions = factory;
        factory.register(DrainBegins.listener(this::stop));
    }

    private DeliveryQueue queue(
            String kind, PositiveOption places, PositiveOption workers, Duration drain) {
        return new DeliveryQueue(
                kind, new DeliveryQueue.Size(places.in(options), workers.in(options), drain));
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
            marks.close();
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
