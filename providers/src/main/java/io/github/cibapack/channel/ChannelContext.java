// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Outbox;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/**
 * What a channel has to work with.
 *
 * @param session of the HTTP request, or of the step that uses the channel
 * @param policy of the request, as it is for the user
 * @param sending what this node sends with; null if an admin has unloaded the pack's channels
 * @param places in queues that this HTTP request has taken: one of each channel at most
 */
record ChannelContext(
        KeycloakSession session,
        CibaPolicy policy,
        Sending sending,
        Map<String, Outbox.Reservation> places) {

    ChannelContext(KeycloakSession session, CibaPolicy policy, Sending sending) {
        this(session, policy, sending, new HashMap<>());
    }

    /**
     * The place in a channel's queue.
     *
     * @throws UnreachableException if the queue is full
     */
    Outbox.Reservation placeFor(ChannelType channel) {
        return places.computeIfAbsent(
                channel.value(),
                name ->
                        sending.outbox(channel)
                                .reserve(session)
                                .orElseThrow(
                                        () -> new UnreachableException(Unreachable.QUEUE_FULL)));
    }
}
