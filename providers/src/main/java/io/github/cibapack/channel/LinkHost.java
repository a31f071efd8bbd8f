// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import org.keycloak.models.KeycloakSession;

/** Whether the server knows its own address, and need not take it from a request. */
public final class LinkHost {
    private LinkHost() {}

    /** Whether links can be made; where not, the log says which option is missing. */
    public static boolean isKnown(KeycloakSession session) {
        try {
            new MagicLink(session).base();
            return true;
        } catch (UnreachableException e) {
            return false;
        }
    }
}
