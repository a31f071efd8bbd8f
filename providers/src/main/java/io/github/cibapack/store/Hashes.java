// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/** Hashes under which secrets and addresses are kept: the store never holds them themselves. */
public final class Hashes {
    private Hashes() {}

    /** SHA-256 in lower-case hexadecimal. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(HashUtils.hash(JavaAlgorithm.SHA256, bytes));
    }

    /** Whether two texts are the same, in a time that does not tell how much of them is. */
    public static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
