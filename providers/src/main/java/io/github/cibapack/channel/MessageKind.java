// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Message;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.request.AuthenticationRequest;
import java.util.Optional;
import org.keycloak.models.ClientModel;
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

    /**
     * Writes the message of a request.
     *
     * @param secret of the link in it
     * @param secondsLeft of the request's life when the message is read
     */
    Message write(
            ChannelContext context,
            AuthenticationRequest request,
            String secret,
            long secondsLeft,
            ClientModel client,
            UserModel user);

    /** Why the user is not reached where a message is sent within the request and is not taken. */
    default Unreachable notTaken(boolean forGood) {
        return forGood ? Unreachable.CHANNEL_REFUSED : Unreachable.CHANNEL_FAILED;
    }
}
