// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicy;
import java.util.List;

/**
 * The channels by which a user may be reached: the one that is used first, and those that may be
 * used later on, in their order.
 */
public record Reach(List<ChannelType> channels) {

    static Reach of(ChannelType first) {
        return new Reach(List.of(first));
    }

    public static Reach ofHttp() {
        return of(ChannelType.of(ChannelType.HTTP));
    }

    public ChannelType first() {
        return channels.get(0);
    }

    List<ChannelType> behind() {
        return channels.subList(1, channels.size());
    }

    /** Whether a link leaves the server, now or later: then the request counts as a message. */
    public boolean sendsMessage() {
        return channels.stream().anyMatch(ChannelType::sendsMessage);
    }

    /** The attributes that say where the user is reached, now or later. */
    public List<String> attributesTold(CibaPolicy policy) {
        return channels.stream()
                .flatMap(channel -> channel.attributesTold(policy).stream())
                .distinct()
                .toList();
    }

    /** Whether the user's e-mail address is written to, now or later. */
    public boolean writesToAddress() {
        return channels.stream().anyMatch(ChannelType::writesToAddress);
    }
}
