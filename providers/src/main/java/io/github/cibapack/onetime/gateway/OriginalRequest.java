// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import java.util.Optional;
import java.util.function.Function;

/**
 * The request that a gateway asks about, as the gateway describes it.
 *
 * @param method HTTP method
 * @param scheme of the URL in small letters: http, https, ws or wss; empty if the gateway does not
 *     say
 * @param host of the URL, port included where it has one
 * @param uri path and query, as sent
 * @param address of the one who sent it; empty if the gateway does not say
 * @param headers its headers by name; null for one that it does not have; refuses one that can be
 *     read in two ways
 */
public record OriginalRequest(
        String method,
        String scheme,
        String host,
        String uri,
        Optional<String> address,
        Function<String, String> headers) {

    /** The header that brings a digest of the body (RFC 9530). */
    public static final String CONTENT_DIGEST = "Content-Digest";

    private static final char QUERY = '?';

    /** The path without its query. */
    public String path() {
        int query = uri.indexOf(QUERY);
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** The query with its question mark; empty if there is none. */
    public String query() {
        return uri.substring(path().length());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name)).filter(value -> !value.isBlank());
    }

    public Optional<String> bodyDigest() {
        return header(CONTENT_DIGEST);
    }

    /** Whether the digest is one that every recipient can check and nobody can forge. */
    public boolean hasStrongDigest() {
        return bodyDigest().filter(ContentDigest::isStrong).isPresent();
    }

    /** Whether the digest is strong, and of this body. */
    public boolean isDigestOf(byte[] body) {
        return hasStrongDigest()
                && bodyDigest().filter(digest -> ContentDigest.isOf(digest, body)).isPresent();
    }

    /** Whether what is sent back is for a connection that is encrypted. */
    public boolean isSecure() {
        return "https".equals(scheme) || "wss".equals(scheme);
    }

    /** Whether the answer is for a person in a browser. */
    public boolean wantsPage() {
        return header("Accept").filter(types -> types.contains("text/html")).isPresent();
    }

    /** Whether a browser can wait on a page and load the request itself anew. */
    public boolean isPage() {
        return wantsPage() && isSafe();
    }

    /** Whether it may be sent again without harm, as a browser does when it loads a page anew. */
    public boolean isSafe() {
        return "GET".equals(method) || "HEAD".equals(method);
    }
}
