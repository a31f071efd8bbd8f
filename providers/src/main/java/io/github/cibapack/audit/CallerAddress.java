// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * Where the current HTTP request came from. Behind a proxy that adds to {@code X-Forwarded-For} the
 * server takes the first entry, which is whatever its caller wrote: it is kept and shown only if it
 * has the form of an address.
 */
public final class CallerAddress {
    /** RFC 7239 §6.2. */
    private static final String UNKNOWN = "unknown";

    /** IPv4 or IPv6, with a zone (RFC 4007 §11). */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[0-9A-Za-z._-]{1,16})?");

    private CallerAddress() {}

    /** The address; {@code unknown} if it is none. */
    public static String of(KeycloakSession session) {
        return orUnknown(session.getContext().getConnection().getRemoteHost());
    }

    static String orUnknown(String host) {
        return host != null && ADDRESS.matcher(host).matches() ? host : UNKNOWN;
    }
}
