// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ChannelType;
import java.util.Optional;

/** E-mail with a magic link. */
public final class EmailChannelKind implements ChannelKind {
    private static final ChannelQueue QUEUE = new ChannelQueue("mail", 1000, 8, 8);

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
    public Channel in(ChannelContext context) {
        return new MessageChannel(context, this, new EmailWriter(context, this));
    }

    /** For mail alone, whatever the policy says. */
    static MessageChannel channel(ChannelContext context) {
        ChannelType mail = ChannelType.of(ChannelType.EMAIL);
        return new MessageChannel(context, mail, new EmailWriter(context, mail));
    }
}
