// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * Whether a POST comes from the page itself: {@code Sec-Fetch-Site: same-origin}, or, from browsers
 * that do not send it, an {@code Origin} equal to the server's.
 */
final class SameOrigin {
    private SameOrigin() {}

    static boolean isFulfilled(KeycloakSession session) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        String site = headers.getHeaderString("Sec-Fetch-Site");
        if (site != null) {
            return "same-origin".equals(site);
        }
        String origin = headers.getHeaderString("Origin");
        return originOf(session.getContext().getUri(UrlType.FRONTEND).getBaseUri()).equals(origin);
    }

    /** RFC 6454 §6.2: the default port is left out, which Keycloak's URIs do as well. */
    private static String originOf(URI base) {
        String port = base.getPort() == -1 ? "" : ":" + base.getPort();
        return base.getScheme() + "://" + base.getHost() + port;
    }
}
