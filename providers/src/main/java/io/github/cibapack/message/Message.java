// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.message;

import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What a channel sends, complete: it outlives the session of its request. */
public interface Message {

    ChannelType channel();

    /** What takes it, if the messages of a realm go to several; empty if all go to the same one. */
    default String receiver() {
        return "";
    }

    /**
     * Sends once. When it returns, the other side has taken the message.
     *
     * @param session with the realm in its context
     * @throws UndeliveredException if it has not
     */
    void send(KeycloakSession session) throws UndeliveredException;

    /**
     * For how long it is tried again if another channel waits to take over; empty for as long as a
     * decision is possible.
     */
    default Optional<Duration> patience() {
        return Optional.empty();
    }

    /** About what it takes of the node's memory while it waits. */
    long bytes();
}
