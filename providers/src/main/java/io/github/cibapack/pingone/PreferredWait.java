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
    private static final Pattern QUOTED = Pattern.compile("=\\s*+\"(?!\\d*+\")[^\"]*+\"");

    /** Nobody is authenticated yet: more than that is not read. */
    private static final int MOST_CHARACTERS = 1024;

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
        String all = String.join(",", preferences);
        if (all.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        Matcher wait = WAIT.matcher(QUOTED.matcher(all).replaceAll(""));
        return wait.find()
                ? Optional.of(seconds(wait.group(1) == null ? wait.group(2) : wait.group(1)))
                : Optional.empty();
    }

    private static Duration seconds(String digits) {
        Duration wait = Duration.ofSeconds(Long.parseLong(digits));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
