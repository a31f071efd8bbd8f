// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

/** Nothing is sent: the user finds the request in the list of requests. */
public final class InboxChannelKind implements ChannelKind {
    static final String VALUE = "inbox";

    @Override
    public String value() {
        return VALUE;
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public Channel in(ChannelContext context) {
        return new InboxChannel(context.session(), context.policy());
    }
}
