// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import java.util.OptionalLong;

/** The pauses between two e-mails to one person. */
interface Pauses {

    /**
     * The client's e-mails that are remembered, of those that it may send without a longer pause.
     */
    Usage sent();

    /** When the next e-mail may be sent, in seconds since the epoch; empty if it may now. */
    OptionalLong opensAt();

    /**
     * Looks, and takes nothing.
     *
     * @throws ThrottledException if the next e-mail must wait
     */
    void requireOver(SlotReservation taken) throws ThrottledException;

    /**
     * Counts an e-mail, after which the next pause begins.
     *
     * @throws ThrottledException if it must wait
     */
    void begin(SlotReservation taken) throws ThrottledException;
}
