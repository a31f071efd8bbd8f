// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Locale;

/** How a user is reached. */
public enum ChannelType {
    /** An e-mail with a magic link. */
    EMAIL,
    /** Keycloak's own HTTP authentication channel, an external decoupled-authentication server. */
    HTTP,
    /** Nothing is sent: the user finds the request in the list of requests. */
    INBOX;

    /** The value in settings and events. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
