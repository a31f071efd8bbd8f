// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What takes over a request whose mail cannot be delivered, before the request is ended. */
@FunctionalInterface
public interface Fallback {

    /**
     * Asks the user in another way. Called outside of any HTTP request.
     *
     * @param session with the realm in its context
     * @return the channel that has taken over; empty if none could
     */
    Optional<String> takeOver(KeycloakSession session);
}
