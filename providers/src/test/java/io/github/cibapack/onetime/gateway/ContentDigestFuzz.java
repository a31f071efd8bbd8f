// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import io.github.cibapack.fuzz.FuzzInput;

/** The header {@code Content-Digest}. */
public final class ContentDigestFuzz {
    private ContentDigestFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String value = new FuzzInput(bytes).octets();
        boolean strong = ContentDigest.isStrong(value);
        if (strong && ContentDigest.isOf(value, bytes)) {
            throw new AssertionError("a digest of itself");
        }
    }
}
