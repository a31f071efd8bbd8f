// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.text.HeapBytes;

/**
 * A mail ready to be sent. Rendered inside the request, which has the theme, the locale and the
 * URIs that a worker has not.
 */
public record RenderedMail(String subject, String text, String html) {

    public long bytes() {
        return HeapBytes.of(subject, text, html);
    }

    /** Never prints the link. */
    @Override
    public String toString() {
        return "RenderedMail";
    }
}
