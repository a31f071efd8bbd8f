// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import java.time.Duration;
import java.util.Optional;

/**
 * A channel of a request that has not been used.
 *
 * @param kind of the channel
 * @param delay after which it is used as well; empty if it only takes over
 * @param prepared its message, if it sends one
 */
record LaterChannel(ChannelKind kind, Optional<Duration> delay, Optional<Prepared> prepared) {

    /** In the place of the one before it, which cannot be used. */
    LaterChannel after(Optional<Duration> other) {
        return delay.isPresent() ? this : new LaterChannel(kind, other, prepared);
    }
}
