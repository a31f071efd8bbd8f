// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ChannelType;
import java.util.List;
import java.util.Optional;

/**
 * A way to reach a user, with all that makes it one: {@code docs/channels.md} leads through adding
 * another. Listed in {@code META-INF/services}.
 */
public interface ChannelKind extends ChannelType {

    /** Its queue; empty if it sends no messages. */
    default Optional<ChannelQueue> queue() {
        return Optional.empty();
    }

    @Override
    default boolean sendsMessage() {
        return queue().isPresent();
    }

    /** The channel for one HTTP request. */
    Channel in(ChannelContext context);

    static List<ChannelKind> kinds() {
        return ChannelType.all().stream().map(ChannelKind::of).toList();
    }

    /** All types are kinds: there is one list of services. */
    static ChannelKind of(ChannelType type) {
        return (ChannelKind) type;
    }
}
