// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.message.Message;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.outbound.OutboundLimits;
import io.github.cibapack.outbound.SignedText;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.text.HeapBytes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * One call to the server that tells the user.
 *
 * @param channel its channel
 * @param id the same for every try, so that the server can tell a repetition
 * @param client calls the URL
 * @param url where to
 * @param body what is told, and what it is signed with
 */
record WebhookMessage(
        ChannelType channel, String id, OutboundClient client, String url, SignedText body)
        implements Message {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);

    /** Request Timeout, Too Early, Too Many Requests: trying again is what they ask for. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    @Override
    public void send(KeycloakSession session) throws UndeliveredException {
        client.within(OutboundLimits.DEFAULT.withTotal(LONGEST_CALL))
                .deliver(
                        url,
                        body.body(),
                        headers(),
                        answer -> answer.isServerError() || LATER.contains(answer.status()));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(body.headers());
        // a String of RFC 9651: in quotation marks
        headers.put("Idempotency-Key", '"' + id + '"');
        return headers;
    }

    @Override
    public String receiver() {
        return url;
    }

    @Override
    public long bytes() {
        return HeapBytes.of(body.body());
    }

    /** A server that does not take it soon should not keep the next channel waiting. */
    @Override
    public Optional<Duration> patience() {
        return Optional.of(PATIENCE);
    }

    /** Never prints the URL and what is told. */
    @Override
    public String toString() {
        return "WebhookMessage[" + id + "]";
    }
}
