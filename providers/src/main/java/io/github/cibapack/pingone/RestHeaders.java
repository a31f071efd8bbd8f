// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

/**
 * The realm's security headers, which Keycloak's own filter sets on answers with JSON: it has no
 * session where an answer comes after its request's session has ended.
 */
final class RestHeaders {
    private static final List<BrowserSecurityHeaders> OF_JSON =
            List.of(
                    BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY,
                    BrowserSecurityHeaders.X_FRAME_OPTIONS,
                    BrowserSecurityHeaders.X_CONTENT_TYPE_OPTIONS,
                    BrowserSecurityHeaders.REFERRER_POLICY,
                    BrowserSecurityHeaders.X_ROBOTS_TAG);

    private final Map<String, String> values = new LinkedHashMap<>();

    RestHeaders(KeycloakSession session) {
        Map<String, String> own = session.getContext().getRealm().getBrowserSecurityHeaders();
        for (BrowserSecurityHeaders header : OF_JSON) {
            String value = own.getOrDefault(header.getKey(), header.getDefaultValue());
            if (value != null && !value.isEmpty()) {
                values.put(header.getHeaderName(), value);
            }
        }
    }

    Response on(Response answer) {
        Response.ResponseBuilder response = Response.fromResponse(answer);
        values.forEach((name, value) -> response.header(name, null).header(name, value));
        return response.build();
    }
}
