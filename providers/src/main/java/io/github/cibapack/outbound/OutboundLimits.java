// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.time.Duration;

/**
 * How long a call may take and how much it may bring.
 *
 * @param connect for the TCP and TLS handshake each
 * @param total for the whole call, however slowly the other side answers
 * @param maxBytes of the answer's body
 */
public record OutboundLimits(Duration connect, Duration total, int maxBytes) {

    /** 3 s to connect, 10 s in all, 64 KiB. */
    public static final OutboundLimits DEFAULT =
            new OutboundLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 64 * 1024);

    public OutboundLimits withTotal(Duration limit) {
        return new OutboundLimits(connect, limit, maxBytes);
    }
}
