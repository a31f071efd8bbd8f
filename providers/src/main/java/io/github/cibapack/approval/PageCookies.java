// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/** The cookies of the pages: for the realm's own pages of the pack, and out of reach of scripts. */
final class PageCookies {
    private final KeycloakSession session;

    PageCookies(KeycloakSession session) {
        this.session = session;
    }

    Optional<String> get(String name) {
        Cookie sent = session.getContext().getHttpRequest().getHttpHeaders().getCookies().get(name);
        return Optional.ofNullable(sent).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /**
     * Sets a cookie. Lax, as the link in the mail is opened from another site.
     *
     * @param maxAge in seconds; -1 for as long as the browser runs
     */
    void set(String name, String value, int maxAge) {
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(
                        new NewCookie.Builder(name)
                                .value(value)
                                .path(PageUris.root(session).getRawPath())
                                .maxAge(maxAge)
                                .httpOnly(true)
                                .secure(isSecure())
                                .sameSite(NewCookie.SameSite.LAX)
                                .build());
    }

    private boolean isSecure() {
        return "https"
                .equals(session.getContext().getUri(UrlType.FRONTEND).getBaseUri().getScheme());
    }
}
