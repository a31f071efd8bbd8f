// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ChannelType;
import java.util.Optional;

/** E-mail with a magic link. */
public final class EmailChannelKind implements ChannelKind {
    private static final ChannelQueue QUEUE = ChannelQueue.of("mail", 1000, 8, 8);

    @Override
    public String value() {
        return ChannelType.EMAIL;
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public boolean writesToAddress() {
        return true;
    }

    @Override
    public Optional<ChannelQueue> queue() {
        return Optional.of(QUEUE);
    }

    @Override
    public MessageChannel in(ChannelContext context) {
        return new MessageChannel(context, this, new EmailWriter(context, this));
    }
}
