// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import java.util.Locale;

/**
 * A name in a JSON body as some server may read it: programs map names to fields without case (Go),
 * or with and without {@code _} and {@code -} (Jackson, Protocol Buffers).
 */
public final class BodyName {
    private BodyName() {}

    /** Whether it is read alike: a control character ends a text for some, others drop it. */
    public static boolean isPlain(String name) {
        return name.codePoints()
                .noneMatch(
                        c ->
                                Character.isISOControl(c)
                                        || Character.getType(c) == Character.SURROGATE);
    }

    /** The same for all names that may be one. Capitals first: a long s is a small s then. */
    public static String readAs(String name) {
        StringBuilder read = new StringBuilder();
        name.toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(c -> c != '_' && c != '-')
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(read::appendCodePoint);
        return read.toString();
    }
}
