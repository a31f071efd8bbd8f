// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.spi.PositiveOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.keycloak.Config;

/**
 * The queue of a channel that sends messages, and the server's options for it.
 *
 * @param name of the queue, which begins the names of the options
 * @param places messages that may wait or be on their way
 * @param workers threads
 * @param drainSeconds for which it goes on sending when the server stops
 */
public record ChannelQueue(
        String name, PositiveOption places, PositiveOption workers, PositiveOption drainSeconds) {

    /** A queue, with the defaults of its options. */
    static ChannelQueue of(String name, int places, int workers, int drainSeconds) {
        return new ChannelQueue(
                name,
                option(
                        name + "QueueSize",
                        places,
                        "Messages that may wait on this node; a request that finds no place gets"
                                + " 503."),
                option(name + "Workers", workers, "Threads of this node that send them."),
                option(
                        name + "DrainSeconds",
                        drainSeconds,
                        "Seconds to go on sending what is queued when the server stops."));
    }

    private static PositiveOption option(String key, int usual, String help) {
        return new PositiveOption(CibaChannelProviderFactory.PROVIDER_ID, key, usual, help);
    }

    DeliveryQueue.Size size(Config.Scope config) {
        return new DeliveryQueue.Size(
                places.in(config), workers.in(config), Duration.ofSeconds(drainSeconds.in(config)));
    }

    Stream<PositiveOption> options() {
        return Stream.of(places, workers, drainSeconds);
    }
}
