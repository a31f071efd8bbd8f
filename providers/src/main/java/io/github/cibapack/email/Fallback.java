// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What is tried before a request is ended whose mail cannot be delivered. */
@FunctionalInterface
public interface Fallback {

    /**
     * Asks the user in another way. Called outside of any HTTP request.
     *
     * @param session with the realm in its context
     * @return the channel that has taken over; nothing where none could
     */
    Optional<String> takeOver(KeycloakSession session);
}
