// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.delivery.DrainBegins;
import io.github.cibapack.email.MailTransport;
import io.github.cibapack.email.SmtpTimeouts;
import io.github.cibapack.health.Fitness;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.spi.PositiveOption;
import io.github.cibapack.store.StoreDependency;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProviderFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.truststore.TruststoreProvider;

/** Registers the channel as {@code ciba-email} and owns this node's queues. */
public final class CibaChannelProviderFactory implements AuthenticationChannelProviderFactory {
    public static final String PROVIDER_ID = "ciba-email";

    private static final PositiveOption STEPS =
            option(
                    "waitingSteps",
                    2000,
                    "Later channels of requests that may wait on this node for their time; what"
                            + " finds no place is not used.");
    private static final int STEP_WORKERS = 4;
    private static final Duration STEP_DRAIN = Duration.ofSeconds(2);
    private static final PositiveOption CONNECTIONS =
            option(
                    "mailConnections",
                    32,
                    "Connections of this node to mail servers at a time; a realm has at most half"
                            + " of them, but always one for each worker.");
    private static final PositiveOption CONNECT_SECONDS =
            option(
                    "mailConnectSeconds",
                    5,
                    "Seconds to wait for a mail server's connection; the realm's wins.");
    private static final PositiveOption READ_SECONDS =
            option(
                    "mailReadSeconds",
                    10,
                    "Seconds to wait for each reply of a mail server; the realm's wins.");

    private final Map<String, DeliveryQueue.Size> sizes = new HashMap<>();
    private DeliveryQueue.Size steps;
    private SmtpTimeouts timeouts;
    private int connections;
    private KeycloakSessionFactory sessions;
    private Sending sending;
    private Fitness fitness;

    private static PositiveOption option(String key, int usual, String help) {
        return new PositiveOption(PROVIDER_ID, key, usual, help);
    }

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new CibaChannelProvider(session, sending, fitness);
    }

    @Override
    public void init(Config.Scope config) {
        for (ChannelKind kind : ChannelKind.kinds()) {
            kind.queue().ifPresent(queue -> sizes.put(kind.value(), queue.size(config)));
        }
        steps = new DeliveryQueue.Size(STEPS.in(config), STEP_WORKERS, STEP_DRAIN);
        connections = CONNECTIONS.in(config);
        timeouts = new SmtpTimeouts(CONNECT_SECONDS.in(config), READ_SECONDS.in(config));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        int workers = sizes.get(ChannelType.EMAIL).workers();
        sending =
                new Sending(
                        factory, sizes, steps, new MailTransport(timeouts, workers, connections));
        fitness = new Fitness(factory);
        sessions = factory;
        factory.register(DrainBegins.listener(sending::stop));
    }

    /** Closed before what is still needed when the queue is drained: the store and the sender. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Stream.concat(
                        StoreDependency.DEPENDENCY.stream(),
                        Stream.of(EmailSenderProvider.class, TruststoreProvider.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        if (sending != null) {
            sessions.publish(new DrainBegins());
            sending.close();
        }
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    /** With two factories of order 0 Keycloak would have no default channel at all. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(
                        ChannelKind.kinds().stream()
                                .flatMap(kind -> kind.queue().stream())
                                .flatMap(ChannelQueue::options),
                        Stream.of(STEPS, CONNECTIONS, CONNECT_SECONDS, READ_SECONDS))
                .map(PositiveOption::property)
                .toList();
    }
}
