// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What Keycloak's objects cannot be handed between the start and the end of an HTTP request: its
 * correlation id, whether it came in at an {@code as} endpoint, and what its tokens are for in
 * detail. Keycloak makes authenticators and grants itself, so these three are attributes of the
 * session; nothing else is.
 */
public final class CallContext {
    private static final String CORRELATION_ID = CallContext.class.getName() + ".correlation";
    private static final String AS_ENDPOINT = CallContext.class.getName() + ".as";

    private static final String GRANTED = CallContext.class.getName() + ".granted";

    private CallContext() {}

    /** The claim that the tokens of the answer hold, for the answer itself. */
    public static void leaveGranted(KeycloakSession session, List<Map<String, Object>> claim) {
        session.setAttribute(GRANTED, claim);
    }

    /** What was left, as the answer holds it. */
    public static Optional<Object> granted(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(GRANTED));
    }

    /** To be called by an {@code as} endpoint before anybody authenticates. */
    public static void enterAs(KeycloakSession session) {
        session.setAttribute(AS_ENDPOINT, true);
    }

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
