// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Envelope;
import io.github.cibapack.message.NextChannel;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.ApprovalTerms;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** A way to reach a user. A channel delivers: it stores nothing and knows no limits. */
interface Channel {

    ChannelType type();

    /**
     * Checks all that can be known beforehand.
     *
     * @param terms on which the user decides, if it is on the pack's page
     * @throws UnreachableException if the user cannot be reached this way
     */
    void check(UserModel user, ApprovalTerms terms);

    /**
     * Delivers a request, or prepares its delivery; to be called after {@link #check}.
     *
     * @param next what takes over if the user turns out not to be reached
     * @return to be run when the request is in the store: what it enlists happens after the commit
     * @throws UnreachableException if the user cannot be reached this way after all
     */
    Runnable deliver(OutgoingRequest outgoing, NextChannel next);

    /**
     * Writes what may be sent later, when there is no HTTP request any more.
     *
     * @param delay after which it is sent at the latest
     * @param next what takes over if the user turns out not to be reached
     * @return empty for a channel that writes nothing
     * @throws UnreachableException if the user cannot be reached this way
     */
    default Optional<Envelope> prepare(OutgoingRequest outgoing, Duration delay, NextChannel next) {
        return Optional.empty();
    }
}
