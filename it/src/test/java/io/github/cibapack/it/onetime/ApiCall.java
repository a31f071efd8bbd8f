// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A call of the API through a gateway, to be changed in one place before it is sent.
 *
 * @param gateway where it is sent
 * @param method HTTP method
 * @param uri path and query
 * @param body its body
 * @param headers name, value, name, value, …
 */
record ApiCall(URI gateway, String method, String uri, String body, List<String> headers) {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(70);

    /** A transfer by the user of a token, with the digest of its body. */
    static ApiCall transfer(URI gateway, String token, String uri) {
        String body = "{\"to\":\"bob\",\"amount\":50}";
        return new ApiCall(gateway, "POST", uri, body, List.of())
                .with("Authorization", "Bearer " + token)
                .with("Content-Type", "application/json")
                .with("Content-Digest", digestOf(body.getBytes(StandardCharsets.UTF_8)));
    }

    ApiCall with(String header, String value) {
        ApiCall changed = without(header);
        List<String> more = new ArrayList<>(changed.headers());
        more.add(header);
        more.add(value);
        return new ApiCall(gateway, method, uri, body, List.copyOf(more));
    }

    ApiCall without(String header) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < headers.size(); i += 2) {
            if (!headers.get(i).equalsIgnoreCase(header)) {
                left.addAll(headers.subList(i, i + 2));
            }
        }
        return new ApiCall(gateway, method, uri, body, List.copyOf(left));
    }

    ApiCall withMethod(String other) {
        return new ApiCall(gateway, other, uri, body, headers);
    }

    ApiCall withUri(String other) {
        return new ApiCall(gateway, method, other, body, headers);
    }

    /** Another body with the old one's digest. */
    ApiCall withBody(String other) {
        return new ApiCall(gateway, method, uri, other, headers);
    }

    /** Another body with its own digest. */
    ApiCall withBodyAndDigest(String other) {
        return withBody(other)
                .with("Content-Digest", digestOf(other.getBytes(StandardCharsets.UTF_8)));
    }

    /** Another body with its own digest, and the body itself for the rule. */
    ApiCall withBodyShown(String other) {
        byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
        return withBodyAndDigest(other)
                .with("Approval-Body", ":" + Base64.getEncoder().encodeToString(bytes) + ":");
    }

    /** The same call again, with the transaction of an answer. */
    ApiCall retrying(Answer pending) {
        return with(ForwardAuth.TRANSACTION, ForwardAuth.transaction(pending));
    }

    Answer send() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway + uri))
                        .timeout(TIME_LIMIT)
                        .headers(headers.toArray(String[]::new))
                        .method(
                                method,
                                "GET".equals(method)
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        return RelyingParty.exchange(request.build());
    }

    /** RFC 9530 §2. */
    static String digestOf(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
