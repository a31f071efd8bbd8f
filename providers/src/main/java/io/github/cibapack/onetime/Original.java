// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import java.util.Optional;
import java.util.function.Function;

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

    /** Whether the answer is for a person in a browser. */
    boolean wantsPage() {
        return header("Accept").filter(types -> types.contains("text/html")).isPresent();
    }

    /** Whether it may be sent again without harm, as a browser does when it loads a page anew. */
    boolean isSafe() {
        return "GET".equals(method) || "HEAD".equals(method);
    }
}
