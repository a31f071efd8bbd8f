// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Starts whose mails the mail server does not take yet, and then the mails. A few at a time, as a
 * queue that is too large is not taken.
 */
final class Starts {
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final Duration UNTIL_SENT = Duration.ofMinutes(5);

    private final Contestant pack;
    private final ScriptedSmtp smtp;

    Starts(Contestant pack, ScriptedSmtp smtp) {
        this.pack = pack;
        this.smtp = smtp;
    }

    /**
     * What starts and their mails cost.
     *
     * @param cost of the starts
     * @param mails that left the node per second
     */
    record Measured(ClosedLoop.Cost cost, double mails) {}

    /**
     * Measures starts, and the mails after them.
     *
     * @param time for starts, without that for mails
     */
    Measured measure(Duration time) throws InterruptedException {
        ClosedLoop.Cost all = ClosedLoop.Cost.NONE;
        long sending = 0;
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(SLICE)) {
            int before = smtp.count();
            smtp.hold();
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            ClosedLoop.Cost cost = ClosedLoop.of(pack, slice, pack::start);
            long began = System.nanoTime();
            smtp.goOn();
            Awaitility.await("all mails")
                    .atMost(UNTIL_SENT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> smtp.count() >= before + cost.calls());
            sending += System.nanoTime() - began;
            all = all.and(cost);
        }
        return new Measured(all, all.calls() * 1e9 / sending);
    }
}
