// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.rule.BodyName;
import io.github.cibapack.text.UnfitException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A body that came in a header, with its digest. */
public final class JsonBodyFuzz {
    private JsonBodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws NoSuchAlgorithmException {
        read(new FuzzInput(bytes).octets(), bytes);
        read(":" + Base64.getEncoder().encodeToString(bytes) + ":", bytes);
    }

    private static void read(String header, byte[] body) throws NoSuchAlgorithmException {
        String digest =
                Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        Map<String, String> headers =
                Map.of(
                        Headers.BODY,
                        header,
                        OriginalRequest.CONTENT_DIGEST,
                        "sha-256=:" + digest + ":",
                        "Content-Type",
                        "application/json");
        try {
            JsonBody read =
                    JsonBody.of(
                            new OriginalRequest(
                                    "POST",
                                    "https",
                                    "api.example",
                                    "/",
                                    Optional.empty(),
                                    headers::get));
            show(read, read.root());
        } catch (UnfitException e) {
            // refused as designed
        }
    }

    private static void show(JsonBody body, JsonNode node) throws UnfitException {
        JsonBody.text(node);
        body.written(node);
        node.fieldNames().forEachRemaining(BodyName::readAs);
        for (JsonNode child : node) {
            show(body, child);
        }
    }
}
