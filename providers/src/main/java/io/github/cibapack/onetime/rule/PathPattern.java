// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A path that needs an approval, as an admin writes it: {@code *} is any run of characters within a
 * segment, {@code **} any number of segments.
 *
 * @param segments without the slashes
 * @param ignoresCase whether capital and small letters are the same
 * @param isFile whether a server may run it as a script, with what follows as its input
 */
record PathPattern(List<String> segments, boolean ignoresCase, boolean isFile) {
    private static final String ANY_NUMBER = "**";
    private static final char ANY_RUN = '*';

    /**
     * What a path stands for: itself, and what a server may find under another name. A file may be
     * asked for without its extension, and may be what a folder shows.
     */
    static Stream<PathPattern> of(String path, boolean ignoresCase) {
        List<String> segments =
                Arrays.stream(path.split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .map(segment -> ignoresCase ? segment.toLowerCase(Locale.ROOT) : segment)
                        .toList();
        int last = segments.size() - 1;
        if (last < 0 || !PathSegment.hasExtension(segments.get(last))) {
            return Stream.of(new PathPattern(segments, ignoresCase, false));
        }
        String file = segments.get(last);
        List<String> folder = segments.subList(0, last);
        String name = file.substring(0, file.lastIndexOf('.'));
        return Stream.of(
                new PathPattern(segments, ignoresCase, true),
                new PathPattern(
                        Stream.concat(folder.stream(), Stream.of(name)).toList(),
                        ignoresCase,
                        true),
                new PathPattern(folder, ignoresCase, false));
    }

    int length() {
        return segments.size();
    }

    boolean isAnyNumber(int index) {
        return ANY_NUMBER.equals(segments.get(index));
    }

    /**
     * Whether a segment may be read as the one of the pattern: all of it, or what stands before one
     * of the characters at which some servers cut it; as it is, or without what others leave out.
     */
    boolean matches(int index, PathSegment segment) {
        String wanted = segments.get(index);
        return segment.isWild()
                || matches(wanted, segment, false)
                || matches(PathSegment.squeezed(wanted), segment, true);
    }

    private boolean matches(String wanted, PathSegment segment, boolean squeezed) {
        String text = ignoresCase ? segment.text().toLowerCase(Locale.ROOT) : segment.text();
        BitSet reached = new BitSet(wanted.length() + 1);
        reach(wanted, 0, reached);
        for (int i = 0; i < text.length() && !reached.isEmpty(); i++) {
            if (!squeezed || !PathSegment.isSqueezedOut(text.charAt(i))) {
                reached = step(wanted, reached, text.charAt(i));
            }
            if (reached.get(wanted.length()) && segment.mayEndAfter(i)) {
                return true;
            }
        }
        return false;
    }

    private static BitSet step(String wanted, BitSet reached, char next) {
        BitSet then = new BitSet(wanted.length() + 1);
        for (int at = 0; at < wanted.length(); at++) {
            if (reached.get(at) && wanted.charAt(at) == ANY_RUN) {
                reach(wanted, at, then);
            } else if (reached.get(at) && wanted.charAt(at) == next) {
                reach(wanted, at + 1, then);
            }
        }
        return then;
    }

    /** A run may be empty. */
    private static void reach(String wanted, int at, BitSet reached) {
        int end = at;
        while (end < wanted.length() && wanted.charAt(end) == ANY_RUN) {
            end++;
        }
        reached.set(at, end + 1);
    }
}
