// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/** Where the pages are, as browsers see them. */
final class PageUris {
    private PageUris() {}

    /** Where the user signs out of the realm. */
    static String signOut(KeycloakSession session) {
        return realm(session).getRawPath() + "/protocol/openid-connect/logout";
    }

    static URI realm(KeycloakSession session) {
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(session.getContext().getRealm().getName())
                .build();
    }

    /** What all pages are below; ends in a slash. */
    static URI root(KeycloakSession session) {
        return URI.create(realm(session) + "/" + ApprovalResourceProviderFactory.PROVIDER_ID + "/");
    }

    /**
     * A page.
     *
     * @param path below the root, made of characters that need no escaping
     */
    static URI page(KeycloakSession session, String path) {
        return URI.create(root(session) + path);
    }
}
