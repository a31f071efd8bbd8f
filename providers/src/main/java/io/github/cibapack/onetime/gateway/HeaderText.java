// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import java.nio.charset.StandardCharsets;

/**
 * A text from another server as the value of a header: it ends no header, begins none, and reaches
 * every API as the same text. What is not visible ASCII is percent-encoded as in a URL (RFC 3986
 * §2.1), and so is the percent sign, so that no two texts look alike.
 */
public final class HeaderText {
    private static final char ESCAPE = '%';
    private static final int FIRST_VISIBLE = 0x21;
    private static final int LAST_VISIBLE = 0x7e;

    private HeaderText() {}

    public static String of(String text) {
        StringBuilder value = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= FIRST_VISIBLE && octet <= LAST_VISIBLE && octet != ESCAPE) {
                value.append((char) octet);
            } else {
                value.append("%%%02X".formatted(octet));
            }
        }
        return value.toString();
    }
}
