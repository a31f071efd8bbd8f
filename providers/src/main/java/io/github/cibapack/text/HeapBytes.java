// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

/** What texts take in memory. */
public final class HeapBytes {
    private static final int LAST_OF_LATIN_1 = 0xFF;

    private HeapBytes() {}

    /** The bytes of some texts; one with a single character beyond Latin-1 takes two for each. */
    public static long of(String... texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += of(text);
        }
        return bytes;
    }

    private static long of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_OF_LATIN_1) {
                return 2L * text.length();
            }
        }
        return text.length();
    }
}
