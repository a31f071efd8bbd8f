// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import org.keycloak.models.KeycloakSession;

/** Whether the server knows its own address, and need not take it from a request. */
public final class LinkHost {
    private LinkHost() {}

    /**
     * Whether scheme, host and port are all known; where not, the log says which option is missing.
     * A plain host name is not enough where forwarded headers describe another request.
     */
    public static boolean isWholeAddressKnown(KeycloakSession session) {
        try {
            return new MagicLink(session).isWholeAddressKnown();
        } catch (UnreachableException e) {
            return false;
        }
    }
}
