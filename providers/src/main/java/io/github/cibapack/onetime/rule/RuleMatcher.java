// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cibapack.onetime.gateway.OriginalRequest;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests need an approval. In doubt they do: what some server could take for a request that
 * the rule names is one ({@link ReadPath} for paths).
 */
public final class RuleMatcher {

    /** RFC 9110 §9, RFC 5789 §2: what is none of these, a server may take for any of them. */
    private static final Set<String> KNOWN_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH");

    private static final Pattern METHOD_IN_QUERY = Pattern.compile("(?i)[?&;\\s]_method|override");

    private final Optional<Set<String>> methods;
    private final Optional<List<PathPattern>> paths;

    RuleMatcher(Optional<String> methods, Optional<String> paths, boolean ignoresCase) {
        this.methods = methods.map(list -> Set.copyOf(split(list)));
        this.paths =
                paths.map(
                        list ->
                                split(list).stream()
                                        .flatMap(path -> PathPattern.of(path, ignoresCase))
                                        .toList());
    }

    public static RuleMatcher of(OneTimeRule rule) {
        return new RuleMatcher(
                rule.get(OneTimeRuleFactory.METHODS),
                rule.get(OneTimeRuleFactory.PATHS),
                rule.get(OneTimeRuleFactory.IGNORE_CASE));
    }

    /** Whether a request needs an approval. */
    public boolean includes(OriginalRequest original) {
        return (coversMethod(original.method()) || namesAMethod(original.query()))
                && coversPath(original.path());
    }

    /** Servers answer HEAD by doing what GET does (RFC 9110 §9.3.2). */
    private boolean coversMethod(String method) {
        return methods.isEmpty()
                || !KNOWN_METHODS.contains(method)
                || methods.get().contains(method)
                || ("HEAD".equals(method) && methods.get().contains("GET"));
    }

    /** Some servers take the method from the query: {@code ?_method=DELETE}. */
    private static boolean namesAMethod(String query) {
        try {
            return METHOD_IN_QUERY.matcher(URLDecoder.decode(query, ISO_8859_1)).find();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private boolean coversPath(String path) {
        if (paths.isEmpty()) {
            return true;
        }
        ReadPath read = ReadPath.of(path);
        return read.isInDoubt() || paths.get().stream().anyMatch(read::mayBe);
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).toList();
    }
}
