// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.keycloak.logging.MappedDiagnosticContextProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The server's own id of one HTTP request: in the answer, its header, the event and the log. An id
 * that the relying party sent is a separate detail, so that it cannot be taken for ours.
 */
public final class CorrelationId {

    /** Response header; a relying party may send its own one in the request header of that name. */
    public static final String HEADER = "X-Correlation-ID";

    /** In the log's context, beside Keycloak's own keys: {@code %X{kc.cibaCorrelationId}}. */
    private static final String LOG_KEY =
            MappedDiagnosticContextProvider.MDC_PREFIX + "cibaCorrelationId";

    private static final Pattern PLAIN_UUID =
            Pattern.compile(
                    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private CorrelationId() {}

    /** The id of the current HTTP request; made on the first call. */
    public static String of(KeycloakSession session) {
        return CallContext.correlationId(session)
                .orElseGet(
                        () -> {
                            String id = UUID.randomUUID().toString();
                            carryOn(session, id);
                            return id;
                        });
    }

    /** Continues in a later session with the id of the HTTP request that caused it. */
    public static void carryOn(KeycloakSession session, String id) {
        CallContext.correlateBy(session, id);
        MDC.put(LOG_KEY, id);
        session.enlistForClose(() -> MDC.remove(LOG_KEY));
    }

    /** The id that the relying party sent, if it is a plain UUID. */
    public static Optional<String> sentByRelyingParty(KeycloakSession session) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        return Optional.ofNullable(headers.getHeaderString(HEADER))
                .filter(id -> PLAIN_UUID.matcher(id).matches());
    }

    /** A sentence of an error description with the id, in PingOne's form. */
    public static String appendTo(String sentence, String correlationId) {
        return sentence + " (Correlation ID: " + correlationId + ")";
    }
}
