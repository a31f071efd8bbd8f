// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What Keycloak's objects cannot be handed between the start and the end of an HTTP request.
 * Keycloak makes authenticators and grants itself, so two values are attributes of the session: how
 * the call came in, and what its tokens are for in detail. Nothing else is.
 */
public final class CallContext {
    private static final String CALL = Call.class.getName();
    private static final String GRANTED = CallContext.class.getName() + ".granted";

    private CallContext() {}

    /**
     * How an HTTP request came in.
     *
     * @param correlationId the server's own id of it
     * @param atAs whether it came in at an {@code as} endpoint
     */
    private record Call(String correlationId, boolean atAs) {}

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
        session.setAttribute(CALL, new Call(CorrelationId.of(session), true));
    }

    public static boolean isAtAs(KeycloakSession session) {
        return call(session).filter(Call::atAs).isPresent();
    }

    static Optional<String> correlationId(KeycloakSession session) {
        return call(session).map(Call::correlationId);
    }

    static void correlateBy(KeycloakSession session, String id) {
        session.setAttribute(CALL, new Call(id, isAtAs(session)));
    }

    private static Optional<Call> call(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(CALL, Call.class));
    }
}
