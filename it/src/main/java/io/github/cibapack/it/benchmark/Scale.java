// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds in each of which every figure is measured once, on one server after the other
 * @param warmUp for each kind of call, before the rounds
 * @param calls for which calls are made as fast as they are answered
 * @param pending requests that are polled
 * @param waiters relying parties that wait for a decision
 * @param longPoll seconds that a long poll waits
 * @param waiting for which their cost is measured
 * @param heap of each server
 */
record Scale(
        int rounds,
        Duration warmUp,
        Duration calls,
        int pending,
        int waiters,
        int longPoll,
        Duration waiting,
        String heap) {

    /** Whether the servers are warm, and at rest before each figure. */
    boolean warmsUp() {
        return !warmUp.isZero();
    }

    /** What the figures in the documentation are made with: about half an hour. */
    static Scale whole(int rounds) {
        return new Scale(
                rounds,
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                12_000,
                5000,
                25,
                Duration.ofSeconds(60),
                "-Xmx8g");
    }

    /** Whether everything works: its figures mean nothing. */
    static Scale smoke() {
        return new Scale(
                1,
                Duration.ZERO,
                Duration.ofMillis(500),
                40,
                40,
                2,
                Duration.ofSeconds(2),
                "-Xmx512m");
    }
}
