// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Headers by which an API can be told to take a request for another one than was approved. */
final class OverrideHeaders {
    /**
     * The last four name a prefix of the path that gunicorn and others take away: with {@code /a},
     * {@code /a/transfers} is {@code /transfers}.
     */
    static final List<String> NAMES =
            List.of(
                    """
                    X-HTTP-Method-Override X-HTTP-Method X-Method-Override X-Method
                    X-Override-Method X-Override-URL X-Original-URL X-Original-Path
                    X-Rewrite-URL X-Rewrite-URI X-Rewrite-Path X-Request-URL X-Request-URI
                    X-Request-Path X-Request-Method X-HTTP-Verb X-Forwarded-Path
                    X-Envoy-Original-Path X-MS-Original-URL X-WAWS-Unencoded-URL X-Matched-Path
                    X-Invoke-Path Path-Info X-Path-Info Script-Name X-Script-Name
                    """
                            .split("\\s+", 0));

    private static final Set<String> READ =
            NAMES.stream().map(SentHeaders::readAs).collect(Collectors.toSet());

    private static final String WORD = "override";

    /** Together with one of {@link #WHAT}, such a word tells of another method or URL. */
    private static final Set<String> OTHER =
            Set.of(
                    "original",
                    "rewrite",
                    "request",
                    "forwarded",
                    "http",
                    "unencoded",
                    "matched",
                    "invoke");

    private static final Set<String> WHAT = Set.of("method", "verb", "url", "uri", "path");

    /** A preflight's (Fetch Standard §3.2.2), and what gateways say to a rule. */
    private static final Set<String> NONE =
            Stream.concat(
                            Stream.of("Access-Control-Request-Method"),
                            Stream.of(Gateway.values()).flatMap(Gateway::describing))
                    .map(SentHeaders::readAs)
                    .collect(Collectors.toSet());

    private OverrideHeaders() {}

    /** Whether a header is one, as a server may read its name ({@link SentHeaders#readAs}). */
    static boolean isOne(String readAs) {
        return READ.contains(readAs)
                || readAs.contains(WORD)
                || (!NONE.contains(readAs) && saysOther(List.of(readAs.split("-+"))));
    }

    private static boolean saysOther(List<String> words) {
        return words.stream().anyMatch(OTHER::contains) && words.stream().anyMatch(WHAT::contains);
    }
}
