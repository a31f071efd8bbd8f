// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The preference {@code wait} of a request (RFC 7240 §4.3): how long its client would wait. What is
 * no such preference is none (§2): it is never an error.
 */
final class PreferredWait {
    static final String PREFER = "Prefer";

    /** Of common clients the first gives up after thirty seconds. */
    static final Duration LONGEST = Duration.ofSeconds(25);

    /** The text of other preferences: nothing in it is a preference. */
    private static final Pattern QUOTED = Pattern.compile("=\\s*\"[^\"]*[^\"\\d][^\"]*\"");

    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:^|,)\\s*wait\\s*=\\s*(?:\"(\\d{1,9})\"|(\\d{1,9}))\\s*(?=[;,]|$)",
                    Pattern.CASE_INSENSITIVE);

    private PreferredWait() {}

    /** The first one; empty if there is none. */
    static Optional<Duration> in(HttpHeaders headers) {
        List<String> preferences = headers.getRequestHeader(PREFER);
        return preferences == null ? Optional.empty() : in(preferences);
    }

    static Optional<Duration> in(List<String> preferences) {
        Matcher wait = WAIT.matcher(QUOTED.matcher(String.join(",", preferences)).replaceAll(""));
        return wait.find()
                ? Optional.of(
                        shorter(
                                Duration.ofSeconds(
                                        Long.parseLong(
                                                wait.group(1) == null
                                                        ? wait.group(2)
                                                        : wait.group(1)))))
                : Optional.empty();
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
