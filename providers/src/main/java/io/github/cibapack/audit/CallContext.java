// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What Keycloak's objects cannot be handed between the start and the end of an HTTP request: its
 * correlation id, and whether it came in at an {@code as} endpoint. Keycloak makes authenticators
 * and grants itself, so these two are attributes of the session; nothing else is.
 */
public final class CallContext {
    private static final String CORRELATION_ID = CallContext.class.getName() + ".correlation";
    private static final String AS_ENDPOINT = CallContext.class.getName() + ".as";

    private CallContext() {}

    /** To be called by an {@code as} endpoint before anybody authenticates. */
    public static void enterAs(KeycloakSession session) {
        session.setAttribute(AS_ENDPOINT, true);
    }

    /** Whether the HTTP request came in at an {@code as} endpoint. */
    public static boolean isAtAs(KeycloakSession session) {
        return Boolean.TRUE.equals(session.getAttribute(AS_ENDPOINT));
    }

    static Optional<String> correlationId(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(CORRELATION_ID, String.class));
    }

    static void correlateBy(KeycloakSession session, String id) {
        session.setAttribute(CORRELATION_ID, id);
    }
}
