// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import org.keycloak.models.KeycloakSession;

/**
 * Tells the resolver that the request at hand must not show whether its user exists. Set by
 * Keycloak's own endpoint, which answers an unknown user before anybody else is asked.
 */
public final class HiddenUsers {
    private HiddenUsers() {}

    public static void hide(KeycloakSession session) {
        session.setAttribute(HiddenUsers.class.getName(), true);
    }

    public static boolean areHidden(KeycloakSession session) {
        return Boolean.TRUE.equals(session.getAttribute(HiddenUsers.class.getName()));
    }
}
