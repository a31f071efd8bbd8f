// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.util.LinkedHashMap;
import java.util.Map;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;

/**
 * The security headers of the page. Keycloak's own would overwrite the strict policy with the
 * realm's looser one, so they are switched off and all of them are set here.
 */
final class PageHeaders {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors"
                    + " 'none'";

    /** Under no-referrer a form's POST would send {@code Origin: null}. */
    private static final String REFERRER_POLICY = "same-origin";

    private PageHeaders() {}

    static void set(KeycloakSession session, LoginFormsProvider form) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        headers(session).forEach(form::setResponseHeader);
    }

    private static Map<String, String> headers(KeycloakSession session) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Referrer-Policy", REFERRER_POLICY);
        headers.put("Cache-Control", "no-store");
        headers.put("X-Frame-Options", "DENY");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Robots-Tag", "none");
        BrowserSecurityHeaders sts = BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY;
        String value =
                session.getContext()
                        .getRealm()
                        .getBrowserSecurityHeaders()
                        .getOrDefault(sts.getKey(), sts.getDefaultValue());
        if (value != null && !value.isEmpty()) {
            headers.put(sts.getHeaderName(), value);
        }
        return headers;
    }
}
