// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One segment of a path, decoded and judged once.
 *
 * @param text what it says
 * @param isWild whether it may be read as any other: some servers leave out, or put other letters
 *     for, what is not of their character set
 * @param mayVanish whether nothing is left of it where a server cuts it, or leaves out what it
 *     cannot read
 */
record PathSegment(String text, boolean isWild, boolean mayVanish) {
    private static final char ESCAPE = '%';
    private static final int DIGITS = 2;
    private static final int ASCII = 0x80;

    /** These, letters and digits are the same for every server, where they are not the first. */
    private static final String PLAIN = "-_.~:@!$&'()*+,= ";

    /** Of these no server makes an end of a segment. */
    private static final String INSIDE = "-_";

    /** These separate words, and are left out where the words become the name of a method. */
    private static final String SEPARATORS = "-_.";

    /** What a short name of a Windows file system looks like: it stands for any longer one. */
    private static final Pattern SHORT_NAME = Pattern.compile(".~[0-9]");

    /** With one of these at its beginning, a segment may be another one, or none. */
    private static final String NOT_FIRST = " +(";

    /** The segment, or empty if servers differ on what it says. */
    static Optional<PathSegment> read(String raw) {
        return decoded(raw).filter(PathSegment::isPlain).map(PathSegment::of);
    }

    private static PathSegment of(String text) {
        return new PathSegment(text, isWild(text), mayVanish(text));
    }

    /** RFC 3986 §2.1, and no byte that is not of a character. */
    private static Optional<String> decoded(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char next = raw.charAt(at);
            if (next >= ASCII) {
                return Optional.empty();
            }
            if (next != ESCAPE) {
                bytes.put((byte) next);
                at++;
            } else {
                int end = at + 1 + DIGITS;
                if (end > raw.length()
                        || !HexFormat.isHexDigit(raw.charAt(at + 1))
                        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) HexFormat.fromHexDigits(raw, at + 1, end));
                at = end;
            }
        }
        try {
            // a decoder that is asked for reports; the constructor of a string would replace
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && text.codePoints().allMatch(PathSegment::isPlain)
                && Stream.of(text, asciiOf(text), squeezed(text), squeezed(asciiOf(text)))
                        .allMatch(PathSegment::isPlainFromItsBeginning);
    }

    /** What is left where a server leaves out what it cannot read. */
    private static String asciiOf(String text) {
        return without(text, character -> character >= ASCII);
    }

    /**
     * What is left where a server makes the name of a method of a segment: {@code trans-fers} is
     * {@code transFers}, which PHP calls in any case.
     */
    static String squeezed(String text) {
        return without(text, character -> isSqueezedOut((char) character));
    }

    private static String without(String text, IntPredicate leftOut) {
        return text.chars().noneMatch(leftOut)
                ? text
                : text.chars()
                        .filter(leftOut.negate())
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }

    static boolean isSqueezedOut(char character) {
        return SEPARATORS.indexOf(character) >= 0;
    }

    private static boolean isPlainFromItsBeginning(String text) {
        return text.isEmpty() || (!isCutToDots(text) && NOT_FIRST.indexOf(text.charAt(0)) < 0);
    }

    private static boolean isPlain(int codePoint) {
        return codePoint < ASCII
                ? isLetterOrDigit((char) codePoint) || PLAIN.indexOf(codePoint) >= 0
                : Character.isLetterOrDigit(codePoint);
    }

    /** A dot segment, or one that becomes such where its end is cut off. */
    private static boolean isCutToDots(String text) {
        return text.charAt(0) == '.' && (text.length() == 1 || isEnd(text.charAt(1)));
    }

    private static boolean isLetterOrDigit(char character) {
        return isLetter(character) || (character >= '0' && character <= '9');
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isWild(String text) {
        return text.chars().anyMatch(character -> character >= ASCII)
                || SHORT_NAME.matcher(text).find();
    }

    private static boolean mayVanish(String text) {
        return Stream.of(text, asciiOf(text), squeezed(asciiOf(text)))
                .anyMatch(left -> left.isEmpty() || isEnd(left.charAt(0)));
    }

    /** Whether some server takes a character for the last one of the segment. */
    boolean mayEndAfter(int index) {
        return index == text.length() - 1 || isEnd(text.charAt(index + 1));
    }

    /** Whether some server cuts a segment before a character; all but ASCII is looked at else. */
    private static boolean isEnd(char next) {
        return next < ASCII && !isLetterOrDigit(next) && INSIDE.indexOf(next) < 0;
    }

    /** Whether a server may take it for a script: for the path's end, or for its beginning. */
    boolean isFile() {
        return hasExtension(text);
    }

    /** An extension begins with a letter: {@code v1.0} has none. */
    static boolean hasExtension(String segment) {
        int dot = segment.indexOf('.', 1);
        while (dot > 0 && dot + 1 < segment.length()) {
            if (isLetter(segment.charAt(dot + 1))) {
                return true;
            }
            dot = segment.indexOf('.', dot + 1);
        }
        return false;
    }
}
