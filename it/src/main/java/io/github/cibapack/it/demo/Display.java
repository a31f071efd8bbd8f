// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import java.util.Map;

/**
 * What a device shows.
 *
 * @param stage where its order stands
 * @param message what the user compares with mail and page; empty before the first order
 * @param expiresAt when the question ends, in seconds since 1970; 0 if nothing is asked
 * @param reason why it is denied, expired or failed, as the server put it; else empty
 * @param claims of the verified ID token or receipt once it is done; else empty
 */
record Display(
        Stage stage, String message, long expiresAt, String reason, Map<String, Object> claims) {

    /** Where an order stands. */
    enum Stage {
        READY,
        ASKING,
        WAITING,
        DONE,
        DENIED,
        REFUSED,
        EXPIRED,
        FAILED;

        /** Whether a button may be pressed. */
        boolean takesOrders() {
            return this != ASKING && this != WAITING;
        }
    }

    static Display ready() {
        return new Display(Stage.READY, "", 0, "", Map.of());
    }

    static Display asking(String message) {
        return new Display(Stage.ASKING, message, 0, "", Map.of());
    }

    Display waitingUntil(long end) {
        return new Display(Stage.WAITING, message, end, "", Map.of());
    }

    Display done(Map<String, Object> verified) {
        return new Display(Stage.DONE, message, 0, "", verified);
    }

    Display ended(Stage end, String why) {
        return new Display(end, message, 0, why, Map.of());
    }
}
