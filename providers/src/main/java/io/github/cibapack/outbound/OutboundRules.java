// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import java.net.URI;
import java.util.Locale;
import org.keycloak.models.RealmModel;

/**
 * What a realm lets the server call. Both are for development and for private networks; off by
 * default.
 *
 * @param httpAllowed whether plain http is allowed
 * @param privateAllowed whether private addresses are allowed
 */
record OutboundRules(boolean httpAllowed, boolean privateAllowed) {

    static OutboundRules of(RealmModel realm) {
        return new OutboundRules(
                Boolean.parseBoolean(realm.getAttribute(OutboundClient.ALLOW_HTTP)),
                Boolean.parseBoolean(realm.getAttribute(OutboundClient.ALLOW_PRIVATE)));
    }

    /**
     * A URL that may be called as far as its text tells; its address is judged when it is resolved.
     *
     * @throws OutboundException if it may not
     */
    URI require(String url) throws OutboundException {
        URI uri = parse(url);
        boolean allowed =
                switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                    case "https" -> true;
                    case "http" -> httpAllowed;
                    default -> false;
                };
        if (!allowed) {
            throw new OutboundException(OutboundException.Failure.SCHEME_NOT_ALLOWED);
        }
        return uri;
    }

    private static URI parse(String url) throws OutboundException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new OutboundException(OutboundException.Failure.INVALID_URL);
        }
        if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new OutboundException(OutboundException.Failure.INVALID_URL);
        }
        return uri;
    }
}
