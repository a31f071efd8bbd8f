// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.regex.Pattern;

/**
 * Makes names from outside safe for a log line. Somebody else chooses a client id, a {@code kid} or
 * an issuer: it must not start a new line, colour a terminal or fill a disk.
 */
public final class LogLine {
    private static final int LONGEST_FIT = 512;
    private static final int LONGEST_SHOWN = 128;

    /** Controls with ESC among them, line and paragraph separators, invisible format characters. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private LogLine() {}

    /** Whether the log may show the name as it is. */
    public static boolean isFit(String name) {
        return name.length() <= LONGEST_FIT && isPlain(name);
    }

    /** Whether a text, however long, has nothing that changes how a log looks. */
    public static boolean isPlain(String text) {
        return !UNFIT.matcher(text).find();
    }

    /** The name for the log: unsafe characters become question marks, long names are cut. */
    public static String of(String name) {
        if (name == null) {
            return "none";
        }
        int shownPoints = Math.min(LONGEST_SHOWN, name.codePointCount(0, name.length()));
        String start = name.substring(0, name.offsetByCodePoints(0, shownPoints));
        String shown = UNFIT.matcher(start).replaceAll("?");
        return start.length() == name.length() ? shown : shown + "…";
    }
}
