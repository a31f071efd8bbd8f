// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;

/**
 * The value of a {@code Content-Digest} (RFC 9530 §2): a dictionary of structured fields (RFC 9651
 * §3.2). Stricter than the standard, which lets a recipient pass over what it does not know: API
 * and rule may not pass over the same members, and then bind different bodies.
 */
final class ContentDigest {

    /** RFC 9530 §5: the algorithms that nobody can forge, and the length of their digests. */
    private static final Map<String, Integer> BYTES = Map.of("sha-256", 32, "sha-512", 64);

    /** Both digests in full, with room for blanks. */
    private static final int LONGEST = 256;

    private ContentDigest() {}

    /**
     * Whether each member is a whole digest of an algorithm that nobody can forge, there once,
     * without parameters, in the one way in which its bytes are written.
     */
    static boolean isStrong(String value) {
        if (value.length() > LONGEST) {
            return false;
        }
        try {
            Dictionary digests = Parser.parseDictionary(value);
            return !digests.get().isEmpty()
                    && digests.get().entrySet().stream()
                            .allMatch(member -> isWhole(member.getKey(), member.getValue()))
                    && withoutBlanks(value).equals(withoutBlanks(digests.serialize()));
        } catch (ParseException e) {
            return false;
        }
    }

    /**
     * Whether each member is the digest of a body.
     *
     * @param value one that is {@linkplain #isStrong strong}
     */
    static boolean isOf(String value, byte[] body) {
        try {
            return Parser.parseDictionary(value).get().entrySet().stream()
                    .allMatch(member -> isOf(member.getKey(), member.getValue(), body));
        } catch (ParseException e) {
            return false;
        }
    }

    private static boolean isOf(String algorithm, ListElement<?> digest, byte[] body) {
        try {
            ByteBuffer own = ByteBuffer.wrap(MessageDigest.getInstance(algorithm).digest(body));
            return digest instanceof ByteSequenceItem bytes && own.equals(bytes.get());
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    private static boolean isWhole(String algorithm, ListElement<?> digest) {
        return digest instanceof ByteSequenceItem bytes
                && bytes.getParams().isEmpty()
                && bytes.get().remaining() == BYTES.getOrDefault(algorithm, -1);
    }

    /** A member that comes twice, or bytes written in another way, are gone after parsing. */
    private static String withoutBlanks(String value) {
        return value.replace(" ", "").replace("\t", "");
    }
}
