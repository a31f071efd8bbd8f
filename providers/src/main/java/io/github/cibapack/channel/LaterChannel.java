// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Envelope;
import java.time.Duration;
import java.util.Optional;

/**
 * A channel of a request that has not been used.
 *
 * @param kind of the channel
 * @param delay after which it is used as well; empty if it only takes over
 * @param message what it sends, if it sends a message
 */
record LaterChannel(ChannelKind kind, Optional<Duration> delay, Optional<Envelope> message) {

    /** In the place of the one before it, which cannot be used. */
    LaterChannel after(Optional<Duration> other) {
        return delay.isPresent() ? this : new LaterChannel(kind, other, message);
    }
}
