// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.Channel;

/** What the intake of a request has to say while the channels are tried. */
public interface Gate {

    /**
     * Called before a channel asks the user.
     *
     * @throws RuntimeException where the request is to be refused, whatever further channels there
     *     are
     */
    void pass(Channel channel);

    /** Whether the request is to wait in the list of requests, and no channel is to be used. */
    default boolean leavesToInbox() {
        return false;
    }

    /**
     * Called when nobody could be asked.
     *
     * @return whether it must look as if somebody had been
     */
    default boolean hides(RuntimeException failure) {
        return false;
    }
}
