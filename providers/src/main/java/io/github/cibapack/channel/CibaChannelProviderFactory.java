// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.email.MailQueue;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProviderFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Registers the channel as {@code ciba-email} and owns this node's mail queue. */
public final class CibaChannelProviderFactory implements AuthenticationChannelProviderFactory {
    public static final String PROVIDER_ID = "ciba-email";

    private static final String QUEUE_SIZE = "mailQueueSize";
    private static final int DEFAULT_QUEUE_SIZE = 1000;
    private static final String WORKERS = "mailWorkers";
    private static final int DEFAULT_WORKERS = 4;
    private static final String DRAIN_SECONDS = "mailDrainSeconds";
    private static final int DEFAULT_DRAIN_SECONDS = 8;

    private int queueSize;
    private int workers;
    private int drainSeconds;
    private MailQueue queue;

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new CibaChannelProvider(session, queue);
    }

    @Override
    public void init(Config.Scope config) {
        queueSize = positive(config, QUEUE_SIZE, DEFAULT_QUEUE_SIZE);
        workers = positive(config, WORKERS, DEFAULT_WORKERS);
        drainSeconds = positive(config, DRAIN_SECONDS, DEFAULT_DRAIN_SECONDS);
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
        queue = new MailQueue(factory, queueSize, workers, drainSeconds);
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
                .build();
    }
}
