// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Message;
import io.github.cibapack.policy.CibaPolicy;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * A channel that sends messages with a link: it makes them, and how they are sent is the same for
 * all.
 */
interface MessageKind extends ChannelKind {
    @Override
    Optional<ChannelQueue> queue();

    @Override
    default MessageChannel in(ChannelContext context) {
        return new MessageChannel(context, this);
    }

    /**
     * Checks that this user has an address of the channel; asked for users that are there.
     *
     * @throws UnreachableException if there is none
     */
    void requireAddress(CibaPolicy policy, UserModel user);

    /**
     * Checks that realm and policy say all that the channel must know.
     *
     * @throws UnreachableException if not
     */
    void requireSetUp(ChannelContext context);

    /** Writes the message of a request. */
    Message write(ChannelContext context, LinkedRequest linked);

    /** Why the user is not reached if a message is sent within the request and is not taken. */
    default Unreachable notTaken(boolean forGood) {
        return forGood ? Unreachable.CHANNEL_REFUSED : Unreachable.CHANNEL_FAILED;
    }
}
