// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.jwt;

import io.github.cibapack.fuzz.FuzzInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A signed request, an assertion or an ID token before its signature is looked at. */
public final class ForeignJwtFuzz {
    private ForeignJwtFuzz() {}

    /** Two lines are header and claims, else it is the serialized token. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        ForeignJwt.faultOf(input.text());
        List<String> parts = input.lines(2);
        if (parts.size() == 2) {
            ForeignJwt.faultOf(encoded(parts.get(0)) + "." + encoded(parts.get(1)) + ".AA");
        }
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
