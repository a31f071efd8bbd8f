// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import java.util.Map;

/** An API behind a gateway. */
interface ProtectedApi {

    /**
     * Does what is asked.
     *
     * @param receipt header {@code One-Time-Authorization-Receipt}, as the gateway sets it; empty
     *     for a call that needs no approval
     * @param body JSON
     * @return what the caller is answered
     * @throws IllegalArgumentException if the receipt is not good for this body; the message says
     *     why
     */
    Map<String, Object> answer(String receipt, String body);
}
