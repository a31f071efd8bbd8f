// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import org.keycloak.models.KeycloakSession;

/** Tells the grant which of the two token endpoints a poll came in at. */
public final class DocumentedEndpoint {
    private DocumentedEndpoint() {}

    /** To be called by the documented endpoint before it hands a poll to Keycloak. */
    public static void enter(KeycloakSession session) {
        session.setAttribute(DocumentedEndpoint.class.getName(), true);
    }

    static boolean isEntered(KeycloakSession session) {
        return Boolean.TRUE.equals(session.getAttribute(DocumentedEndpoint.class.getName()));
    }
}
