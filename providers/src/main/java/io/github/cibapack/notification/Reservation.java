// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import io.github.cibapack.store.PendingSlots;
import java.util.Optional;

/**
 * The user may be asked.
 *
 * @param slots the request's place among the pending requests of its user; empty if it stands for a
 *     user who does not exist and has no place left
 * @param inboxOnly why the request waits in the inbox without an e-mail; empty if one is sent
 */
public record Reservation(Optional<PendingSlots.Slots> slots, Optional<Reached> inboxOnly) {

    /**
     * The cap that the request is over.
     *
     * @param policy name of the notification policy
     * @param limit which of its caps
     */
    public record Reached(String policy, Limit limit) {}
}
