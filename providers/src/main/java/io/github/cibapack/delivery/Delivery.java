// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import io.github.cibapack.outbound.UndeliveredException;

/** Something that is sent out, tried until it is over. Its methods run in one thread at a time. */
public interface Delivery {

    /** Names it in the log: no address, no secret. */
    String label();

    /**
     * What a queue has to know.
     *
     * @param share whose places, memory and workers it takes
     * @param about id of what it tells about
     * @param bytes that it takes of the node's memory, about
     */
    record Load(Share share, String about, long bytes) {}

    Load load();

    /** When it is tried again. Asked for once, before the first attempt. */
    Backoff backoff();

    /**
     * Tries once; it is over when this returns.
     *
     * @throws UndeliveredException if it is not: it is tried again, or given up for good
     */
    void attempt() throws UndeliveredException;

    /** Whether the last attempt says how the receiver answers: it has been called. */
    default boolean hasCalled() {
        return true;
    }

    /**
     * Another attempt follows.
     *
     * @param reason why the last one failed
     */
    void retried(String reason);

    /**
     * No other attempt follows.
     *
     * @param reason why the last one failed
     */
    void giveUp(String reason);
}
