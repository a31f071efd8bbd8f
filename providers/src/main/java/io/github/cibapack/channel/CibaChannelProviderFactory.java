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
import java.util.ArrayList;
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
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.truststore.TruststoreProvider;

/** Registers the channel as {@code ciba-email} and owns this node's queues. */
public final class CibaChannelProviderFactory implements AuthenticationChannelProviderFactory {
    public static final String PROVIDER_ID = "ciba-email";

    private static final String STEPS = "waitingSteps";
    private static final int DEFAULT_STEPS = 2000;
    private static final int STEP_WORKERS = 4;
    private static final Duration STEP_DRAIN = Duration.ofSeconds(2);
    private static final String CONNECTIONS = "mailConnections";
    private static final int DEFAULT_CONNECTIONS = 32;
    private static final String CONNECT_SECONDS = "mailConnectSeconds";
    private static final int DEFAULT_CONNECT_SECONDS = 5;
    private static final String READ_SECONDS = "mailReadSeconds";
    private static final int DEFAULT_READ_SECONDS = 10;

    private final Map<String, DeliveryQueue.Size> sizes = new HashMap<>();
    private DeliveryQueue.Size steps;
    private SmtpTimeouts timeouts;
    private int connections;
    private KeycloakSessionFactory sessions;
    private Sending sending;
    private Fitness fitness;

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new CibaChannelProvider(session, sending, fitness);
    }

    @Override
    public void init(Config.Scope config) {
        for (ChannelKind kind : ChannelKind.kinds()) {
            kind.queue()
                    .ifPresent(
                            queue -> sizes.put(kind.value(), new QueueOptions(queue).of(config)));
        }
        steps =
                new DeliveryQueue.Size(
                        PositiveOption.of(config, PROVIDER_ID, STEPS, DEFAULT_STEPS),
                        STEP_WORKERS,
                        STEP_DRAIN);
        connections = PositiveOption.of(config, PROVIDER_ID, CONNECTIONS, DEFAULT_CONNECTIONS);
        timeouts =
                new SmtpTimeouts(
                        PositiveOption.of(
                                config, PROVIDER_ID, CONNECT_SECONDS, DEFAULT_CONNECT_SECONDS),
                        PositiveOption.of(config, PROVIDER_ID, READ_SECONDS, DEFAULT_READ_SECONDS));
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
        List<ProviderConfigProperty> options =
                new ArrayList<>(
                        ChannelKind.kinds().stream()
                                .flatMap(kind -> kind.queue().stream())
                                .flatMap(queue -> new QueueOptions(queue).properties().stream())
                                .toList());
        options.addAll(ownOptions());
        return options;
    }

    private static List<ProviderConfigProperty> ownOptions() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(STEPS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_STEPS)
                .helpText(
                        "Later channels of requests that may wait on this node for their time;"
                                + " what finds no place is not used.")
                .add()
                .property()
                .name(CONNECTIONS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_CONNECTIONS)
                .helpText(
                        "Connections of this node to mail servers at a time; a realm has at most"
                                + " half of them, but always one for each worker.")
                .add()
                .property()
                .name(CONNECT_SECONDS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_CONNECT_SECONDS)
                .helpText("Seconds to wait for a mail server's connection; the realm's wins.")
                .add()
                .property()
                .name(READ_SECONDS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_READ_SECONDS)
                .helpText("Seconds to wait for each reply of a mail server; the realm's wins.")
                .add()
                .build();
    }
}
