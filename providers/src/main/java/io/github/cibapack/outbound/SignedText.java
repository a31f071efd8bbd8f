// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import io.github.cibapack.time.ServerClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A body that shows its receiver that it comes from here: HMAC with SHA-256 and a shared secret.
 *
 * @param secret what it is signed with
 * @param body what is signed
 */
public record SignedText(String secret, String body) {
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * The headers of a try. The moment is part of what is signed, so that a call that was written
     * down somewhere cannot be played again later.
     */
    public Map<String, String> headers() {
        long now = ServerClock.seconds();
        return Map.of(
                "X-CIBA-Timestamp",
                Long.toString(now),
                "X-CIBA-Signature",
                "sha256=" + signature(now + "." + body));
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    /** Never prints either. */
    @Override
    public String toString() {
        return "SignedText";
    }
}
