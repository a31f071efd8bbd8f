// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.spi.PositiveOption;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The server's options for the queue of a channel: {@code mailQueueSize} and its like. */
record QueueOptions(ChannelQueue queue) {

    DeliveryQueue.Size of(Config.Scope config) {
        return new DeliveryQueue.Size(
                positive(config, size(), queue.places()),
                positive(config, workers(), queue.workers()),
                Duration.ofSeconds(positive(config, drain(), queue.drainSeconds())));
    }

    private static int positive(Config.Scope config, String key, int defaultValue) {
        return PositiveOption.of(config, CibaChannelProviderFactory.PROVIDER_ID, key, defaultValue);
    }

    private String size() {
        return queue.name() + "QueueSize";
    }

    private String workers() {
        return queue.name() + "Workers";
    }

    private String drain() {
        return queue.name() + "DrainSeconds";
    }

    List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(size())
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(queue.places())
                .helpText(
                        "Messages that may wait on this node; a request that finds no place gets"
                                + " 503.")
                .add()
                .property()
                .name(workers())
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(queue.workers())
                .helpText("Threads of this node that send them.")
                .add()
                .property()
                .name(drain())
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(queue.drainSeconds())
                .helpText("Seconds to go on sending what is queued when the server stops.")
                .add()
                .build();
    }
}
