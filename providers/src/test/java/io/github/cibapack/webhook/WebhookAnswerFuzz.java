// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.webhook;

import io.github.cibapack.outbound.RawServer;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.time.ServerClock;

/** What the receiver of an event answers, from the first byte of the connection on. */
public final class WebhookAnswerFuzz {
    private static final RawServer RECEIVER = RawServer.start();

    private WebhookAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        RECEIVER.answering(bytes);
        Webhook webhook =
                new Webhook(
                        "realm-id",
                        "realm",
                        "event-id",
                        RECEIVER.url(),
                        "a-secret-of-a-webhook",
                        "{}",
                        ServerClock.seconds(),
                        RECEIVER.client());
        try {
            webhook.call();
        } catch (UndeliveredException e) {
            // not taken as designed
        }
    }
}
