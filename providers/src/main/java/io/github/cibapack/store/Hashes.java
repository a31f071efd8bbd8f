// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/** Hashes under which secrets and addresses are kept: the store never holds them themselves. */
public final class Hashes {
    private static final int BRIEF = 12;

    private Hashes() {}

    /** SHA-256 in lower-case hexadecimal. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(HashUtils.hash(JavaAlgorithm.SHA256, bytes));
    }

    /** The 32 bytes of SHA-256. */
    public static byte[] bytes(String text) {
        return HashUtils.hash(JavaAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 in 43 characters of base64url, for what is kept with each request. */
    public static String compact(String text) {
        return Base64Url.encode(bytes(text));
    }

    /** The first 96 bits of SHA-256 as 16 characters of base64url. */
    static String brief(String text) {
        return Base64Url.encode(Arrays.copyOf(bytes(text), BRIEF));
    }

    /** Whether two texts are the same, in a time that does not tell how much of them is. */
    public static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
