// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What servers make of a path before they look for what it names; each in a few lines. */
enum Normaliser {
    /** nginx: decodes once, merges slashes, resolves dot segments. */
    NGINX(path -> dots(merged(decoded(path, StandardCharsets.UTF_8)))),
    /** A second server decodes once more. */
    DECODED_TWICE(
            path -> dots(decoded(decoded(path, StandardCharsets.UTF_8), StandardCharsets.UTF_8))),
    /** Read as Latin-1, as many a server of C does. */
    LATIN_1(path -> dots(merged(decoded(path, StandardCharsets.ISO_8859_1)))),
    /** Tomcat, Jetty, Spring: what follows a semicolon in a segment is a parameter. */
    TOMCAT(path -> dots(merged(decoded(path.replaceAll(";[^/]*", ""), StandardCharsets.UTF_8)))),
    TOMCAT_DECODED_FIRST(
            path -> dots(merged(decoded(path, StandardCharsets.UTF_8).replaceAll(";[^/]*", "")))),
    /** IIS: a backslash is a slash. */
    BACKSLASH(path -> dots(merged(decoded(path, StandardCharsets.UTF_8).replace((char) 92, '/')))),
    /** Windows: dots and blanks at the end of a name are none. */
    WINDOWS(
            path ->
                    dots(
                            merged(
                                    eachSegment(
                                            decoded(path, StandardCharsets.UTF_8),
                                            Normaliser::withoutEnd)))),
    /** NTFS: a stream of a file is the file. */
    STREAM(path -> decoded(path, StandardCharsets.UTF_8).replaceAll(":[^/]*", "")),
    /** ASP.NET: a session in the path. */
    COOKIELESS(
            path ->
                    decoded(path, StandardCharsets.UTF_8)
                            .replaceAll("/[(][A-Za-z][(][^)]*[)][)]", "")),
    /** Express, Rails: a slash at the end is none. */
    TRAILING_SLASH(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("/+$", "")),
    /** Spring of old, Rails, Django REST: an extension is a wish for a format. */
    SUFFIX(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("[.][^/.]*/?$", "")),
    /** PHP-FPM: what follows a script is not of its path. */
    PATH_INFO(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("([.]php)/.*$", "$1")),
    /** PHP with cgi.fix_pathinfo: what is no file is not of the path. */
    FIX_PATH_INFO(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("/[^/]*[.]php$", "")),
    /** Laravel, Symfony, Rack: what follows the front controller is the path. */
    FRONT_CONTROLLER(
            path -> decoded(path, StandardCharsets.UTF_8).replaceAll("^/[^/]*[.]php(?=/|$)", "")),
    /** A server of C: NUL ends a text. */
    NUL(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("\0.*$", "")),
    /** What is left before an encoded question mark or hash. */
    QUERY(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("[?#].*$", "")),
    /** Leaves out what is no character. */
    IGNORING(
            path ->
                    dots(
                            merged(
                                    decoded(path, StandardCharsets.UTF_8)
                                            .replaceAll("[\uFFFD\\p{C}]", "")))),
    /** Leaves out all that is not of ASCII. */
    ASCII(
            path ->
                    dots(
                            merged(
                                    decoded(path, StandardCharsets.UTF_8)
                                            .replaceAll("[^\\x00-\\x7F]", "")))),
    /** Reads overlong forms, as decoders of UTF-8 did before 2000. */
    OVERLONG(path -> dots(merged(overlong(path)))),
    /** Python, .NET and databases: compatibility forms are the same. */
    NFKC(
            path ->
                    dots(
                            merged(
                                    Normalizer.normalize(
                                            decoded(path, StandardCharsets.UTF_8),
                                            Normalizer.Form.NFKC)))),
    /** Windows' best fit, libiconv's transliteration: a letter without its mark. */
    BEST_FIT(
            path ->
                    dots(
                            merged(
                                    Normalizer.normalize(
                                                    decoded(path, StandardCharsets.UTF_8),
                                                    Normalizer.Form.NFKD)
                                            .replaceAll("\\p{M}", "")))),
    /** Form decoding: a plus is a blank, and blanks around a name are none. */
    FORM(
            path ->
                    eachSegment(
                            URLDecoder.decode(escaped(path), StandardCharsets.UTF_8),
                            String::trim)),
    /** Laminas, CakePHP: words become the name of a method, which PHP calls in any case. */
    METHOD_NAME(path -> decoded(path, StandardCharsets.UTF_8).replaceAll("[-_.]", "")),
    /** IIS, macOS, Express, Spring: letters in any case. */
    CASE(path -> decoded(path, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT));

    private static final Pattern ESCAPE = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    /** A function without state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<String> reading;

    Normaliser(UnaryOperator<String> reading) {
        this.reading = reading;
    }

    String read(String path) {
        return reading.apply(path);
    }

    private static String withoutEnd(String segment) {
        return segment.matches("[.]{1,2}") ? segment : segment.replaceAll("(?!^[.]{2})[. ]+$", "");
    }

    private static String eachSegment(String path, UnaryOperator<String> change) {
        return Arrays.stream(path.split("/", -1)).map(change).collect(Collectors.joining("/"));
    }

    private static String merged(String path) {
        return path.replaceAll("/+", "/");
    }

    /** RFC 3986 §5.2.4. */
    private static String dots(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String resolved = String.join("/", segments);
        return resolved.startsWith("/") ? resolved : "/" + resolved;
    }

    /** What is no escape stays as it is. */
    private static String decoded(String path, Charset charset) {
        return ESCAPE.matcher(path)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        new String(bytes(match.group()), charset)));
    }

    private static byte[] bytes(String escapes) {
        byte[] bytes = new byte[escapes.length() / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(escapes.substring(3 * i + 1, 3 * i + 3), 16);
        }
        return bytes;
    }

    private static String escaped(String path) {
        return path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    private static String overlong(String path) {
        String bytes = decoded(path, StandardCharsets.ISO_8859_1);
        return Pattern.compile("([\u00c0\u00c1])([\u0080-\u00bf])")
                .matcher(bytes)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        Character.toString(
                                                ((match.group(1).charAt(0) & 0x1f) << 6)
                                                        | (match.group(2).charAt(0) & 0x3f))));
    }
}
