// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.fuzz.FuzzInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A hint token up to its signature. */
public final class HintTokenFuzz {
    private HintTokenFuzz() {}

    /** Two lines are header and claims, else it is the serialized token. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        read(input.text());
        List<String> parts = input.lines(2);
        if (parts.size() == 2) {
            read(encoded(parts.get(0)) + "." + encoded(parts.get(1)) + ".AAAA");
        }
    }

    private static void read(String token) {
        try {
            LoginHintToken.subjectIdentifier(LoginHintToken.claims(LoginHintToken.parse(token)));
        } catch (HintRefusedException e) {
            // refused as designed
        }
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
