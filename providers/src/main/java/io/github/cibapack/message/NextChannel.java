// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.message;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The further channels of a request whose message is on its way: none, unless a class has some. */
public interface NextChannel {

    /** For a message that says nothing about its request: whether it arrives ends nothing. */
    NextChannel NONE = new NextChannel() {};

    /** Whether any channel is left that has not been used. */
    default boolean isThere() {
        return false;
    }

    /**
     * Asks the user in another way. Called once for each message that is given up, outside of any
     * HTTP request.
     *
     * @param session with the realm in its context
     * @return the channel that has taken over; empty if none could
     */
    default Optional<String> takeOver(KeycloakSession session) {
        return Optional.empty();
    }

    /** About what they take of the node's memory while they wait. */
    default long bytes() {
        return 0;
    }

    /**
     * Whether nothing else has reached the user or still may. Asked when no channel has taken over.
     */
    default boolean isLastToFail() {
        return false;
    }
}
