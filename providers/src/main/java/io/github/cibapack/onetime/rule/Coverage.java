// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.onetime.gateway.Original;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which requests need an approval. In doubt they do: an API may read a path in another way than it
 * is read here, so one that can be read in two ways is never let off.
 */
public final class Coverage {

    /** Dot segments, empty segments, parameters, backslashes, and what is encoded twice. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile(".*(//|/\\.{1,2}(/|$)|[;#\\\\%\\p{Cc}]).*", Pattern.DOTALL);

    private static final Pattern ENCODED_SLASH =
            Pattern.compile(".*%(2f|5c|25|00).*", Pattern.CASE_INSENSITIVE);

    private final Optional<Set<String>> methods;
    private final Optional<List<Pattern>> paths;

    Coverage(Optional<String> methods, Optional<String> paths) {
        this.methods = methods.map(list -> split(list).stream().collect(Collectors.toSet()));
        this.paths = paths.map(list -> split(list).stream().map(Coverage::glob).toList());
    }

    public static Coverage of(OneTimeRule rule) {
        return new Coverage(
                rule.get(OneTimeRuleFactory.METHODS), rule.get(OneTimeRuleFactory.PATHS));
    }

    /** Whether a request needs an approval. */
    public boolean includes(Original original) {
        return coversMethod(original.method()) && coversPath(original.path());
    }

    private boolean coversMethod(String method) {
        return methods.isEmpty() || methods.get().contains(method);
    }

    private boolean coversPath(String path) {
        if (paths.isEmpty() || ENCODED_SLASH.matcher(path).matches()) {
            return true;
        }
        String decoded = decode(path);
        return decoded == null
                || AMBIGUOUS.matcher(decoded).matches()
                || paths.get().stream().anyMatch(pattern -> pattern.matcher(decoded).matches());
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).toList();
    }

    /**
     * With or without a slash at the end, and whatever the case: some APIs do not care. Any number
     * of segments may be none.
     */
    private static Pattern glob(String path) {
        String expression =
                Arrays.stream(path.split("/", -1))
                        .filter(segment -> !segment.isEmpty())
                        .map(Coverage::segment)
                        .collect(Collectors.joining());
        return Pattern.compile(
                expression + "/?",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }

    private static String segment(String segment) {
        if ("**".equals(segment)) {
            return "(/[^/]*)*";
        }
        return Arrays.stream(segment.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^/]*", "/", ""));
    }
}
