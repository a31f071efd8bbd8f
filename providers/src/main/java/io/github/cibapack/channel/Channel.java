// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.ApprovalTerms;
import org.keycloak.models.UserModel;

/** A way to reach a user. A channel delivers: it stores nothing and knows no limits. */
public interface Channel {

    ChannelType type();

    /** Whether what it sends counts towards the limits for messages. */
    boolean countsAsMessage();

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
     * @return to be run when the request is in the store: what it enlists happens after the commit
     * @throws UnreachableException if the user cannot be reached this way after all
     */
    Runnable deliver(OutgoingRequest outgoing);
}
