// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.outbound.RawServer;
import io.github.cibapack.outbound.SignedText;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import java.io.IOException;
import java.util.Map;
import org.keycloak.http.simple.SimpleHttp;

/**
 * What a server answers that is to tell the user: one of the webhook channel, and one of Keycloak's
 * own HTTP channel, from the first byte of the connection on.
 */
public final class ChannelAnswerFuzz {
    private static final RawServer RECEIVER = RawServer.start();

    private ChannelAnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        RECEIVER.answering(bytes);
        try {
            new WebhookMessage(
                            ChannelType.of("webhook"),
                            "message-id",
                            RECEIVER.client(),
                            RECEIVER.url(),
                            new SignedText("a-secret-of-a-channel", "{}"))
                    .send(null);
            SimpleHttp.create(RECEIVER.client().asHttpClient())
                    .doPost(RECEIVER.url())
                    .json(Map.of())
                    .asStatus();
        } catch (UndeliveredException | IOException e) {
            // not taken as designed
        }
    }
}
