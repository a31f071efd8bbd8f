// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The policy of the authentication request at hand, chosen once: what happens to a request must not
 * hang on who asks for its policy.
 */
public final class RequestPolicy {
    private RequestPolicy() {}

    /** Keeps the choice for as long as the session; a later choice, for the user, replaces it. */
    public static void choose(KeycloakSession session, CibaPolicy policy) {
        session.setAttribute(RequestPolicy.class.getName(), policy);
    }

    /** What has been chosen; nothing outside of an authentication request. */
    public static Optional<CibaPolicy> of(KeycloakSession session) {
        return Optional.ofNullable(
                session.getAttribute(RequestPolicy.class.getName(), CibaPolicy.class));
    }
}
