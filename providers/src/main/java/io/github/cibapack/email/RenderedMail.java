// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

/**
 * A mail ready to be sent. Rendered inside the request, which has the theme, the locale and the
 * URIs that a worker has not.
 */
public record RenderedMail(String subject, String text, String html) {

    /** Never prints the link. */
    @Override
    public String toString() {
        return "RenderedMail";
    }
}
