// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;

/**
 * A set of code points, taken from one version of Unicode. Every Java runtime then judges a text
 * alike; Java 17's own tables end with the characters of 2020.
 */
final class CodePoints {
    private static final String FILE = "unicode.properties";
    private static final int HEX = 16;

    private final int[] first;
    private final int[] last;

    private CodePoints(String ranges) {
        String[] all = ranges.trim().split(" +", -1);
        this.first = new int[all.length];
        this.last = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            int dash = all[i].indexOf('-');
            first[i] = Integer.parseInt(dash < 0 ? all[i] : all[i].substring(0, dash), HEX);
            last[i] = dash < 0 ? first[i] : Integer.parseInt(all[i].substring(dash + 1), HEX);
        }
    }

    /** A set of the file {@code unicode.properties}. */
    static CodePoints named(String name) {
        try (InputStream file = CodePoints.class.getResourceAsStream(FILE)) {
            Properties sets = new Properties();
            sets.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return new CodePoints(sets.getProperty(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The pack's own tables cannot be read", e);
        }
    }

    boolean contains(int point) {
        int found = Arrays.binarySearch(first, point);
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && point <= last[range];
    }
}
