// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.email.MailOutbox;
import io.github.cibapack.email.SmtpTimeouts;
import io.github.cibapack.health.Fitness;
import io.github.cibapack.spi.PositiveOption;
import io.github.cibapack.store.StoreDependency;
import java.time.Duration;
import java.util.List;
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

/** Registers the channel as {@code ciba-email} and owns this node's mail queue. */
public final class CibaChannelProviderFactory implements AuthenticationChannelProviderFactory {
    public static final String PROVIDER_ID = "ciba-email";

    private static final String QUEUE_SIZE = "mailQueueSize";
    private static final int DEFAULT_QUEUE_SIZE = 1000;
    private static final String WORKERS = "mailWorkers";
    private static final int DEFAULT_WORKERS = 4;
    private static final String DRAIN_SECONDS = "mailDrainSeconds";
    private static final int DEFAULT_DRAIN_SECONDS = 8;
    private static final String CONNECT_SECONDS = "mailConnectSeconds";
    private static final int DEFAULT_CONNECT_SECONDS = 5;
    private static final String READ_SECONDS = "mailReadSeconds";
    private static final int DEFAULT_READ_SECONDS = 10;

    private DeliveryQueue.Size size;
    private SmtpTimeouts timeouts;
    private MailOutbox queue;
    private Fitness fitness;

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new CibaChannelProvider(session, queue, fitness);
    }

    @Override
    public void init(Config.Scope config) {
        size =
                new DeliveryQueue.Size(
                        PositiveOption.of(config, PROVIDER_ID, QUEUE_SIZE, DEFAULT_QUEUE_SIZE),
                        PositiveOption.of(config, PROVIDER_ID, WORKERS, DEFAULT_WORKERS),
                        Duration.ofSeconds(
                                PositiveOption.of(
                                        config,
                                        PROVIDER_ID,
                                        DRAIN_SECONDS,
                                        DEFAULT_DRAIN_SECONDS)));
        timeouts =
                new SmtpTimeouts(
                        PositiveOption.of(
                                config, PROVIDER_ID, CONNECT_SECONDS, DEFAULT_CONNECT_SECONDS),
                        PositiveOption.of(config, PROVIDER_ID, READ_SECONDS, DEFAULT_READ_SECONDS));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        queue = new MailOutbox(factory, size, timeouts);
        fitness = new Fitness(factory);
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
        if (queue != null) {
            queue.close();
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
        return ProviderConfigurationBuilder.create()
                .property()
                .name(QUEUE_SIZE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_QUEUE_SIZE)
                .helpText(
                        "Mails that may wait on this node; a request that finds no place gets 503.")
                .add()
                .property()
                .name(WORKERS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_WORKERS)
                .helpText("Threads of this node that send mail.")
                .add()
                .property()
                .name(DRAIN_SECONDS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_DRAIN_SECONDS)
                .helpText("Seconds to go on sending queued mail when the server stops.")
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
