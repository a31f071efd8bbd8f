// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Outbox;
import io.github.cibapack.policy.ChannelType;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** The places in queues that one HTTP request has: one of each at most, taken when needed. */
final class QueuePlaces {
    private final KeycloakSession session;
    private final Sending sending;
    private final Map<String, Outbox.Reservation> taken = new HashMap<>();

    QueuePlaces(KeycloakSession session, Sending sending) {
        this.session = session;
        this.sending = sending;
    }

    /**
     * The place in a channel's queue.
     *
     * @throws UnreachableException if the queue is full
     */
    Outbox.Reservation in(ChannelType channel) {
        return taken.computeIfAbsent(
                channel.value(),
                queue ->
                        sending.outbox(channel)
                                .reserve(session)
                                .orElseThrow(
                                        () -> new UnreachableException(Unreachable.QUEUE_FULL)));
    }
}
