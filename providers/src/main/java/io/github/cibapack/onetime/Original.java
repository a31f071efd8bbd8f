// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The request that a gateway asks about, as the gateway describes it.
 *
 * @param method HTTP method
 * @param scheme of the URL; empty where the gateway does not say
 * @param host of the URL, port included where it has one
 * @param uri path and query, as sent
 * @param address of the one who sent it; empty where the gateway does not say
 * @param headers its headers by name; null for one that it does not have
 */
record Original(
        String method,
        String scheme,
        String host,
        String uri,
        Optional<String> address,
        Function<String, String> headers) {

    /** The header that brings a digest of the body (RFC 9530). */
    static final String CONTENT_DIGEST = "Content-Digest";

    private static final Pattern STRONG =
            Pattern.compile("(^|,)\\s*sha-(256|512)=:[A-Za-z0-9+/]+={0,2}:");

    private static final char QUERY = '?';

    /** The path without its query. */
    String path() {
        int query = uri.indexOf(QUERY);
        return query < 0 ? uri : uri.substring(0, query);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name)).filter(value -> !value.isBlank());
    }

    Optional<String> bodyDigest() {
        return header(CONTENT_DIGEST);
    }

    /** Whether there is a digest of the body that no other body has (RFC 9530 §5). */
    boolean hasStrongDigest() {
        return bodyDigest().filter(digests -> STRONG.matcher(digests).find()).isPresent();
    }

    /** Whether the answer is for a person in a browser. */
    boolean wantsPage() {
        return header("Accept").filter(types -> types.contains("text/html")).isPresent();
    }

    /** Whether a browser waits for a page, which it may load anew without harm. */
    boolean isForPage() {
        return wantsPage() && ("GET".equals(method) || "HEAD".equals(method));
    }
}
