// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.tracing.TracingProvider;

/**
 * The steps of a request in Keycloak's own traces. A span says which request it is about, by the id
 * that events show, and how it ended; no address, secret or message. Keycloak adds the events that
 * are written meanwhile. Without tracing it costs a look-up in the session.
 */
public enum TracedStep {
    /** A request is read, judged and stored. */
    INTAKE("ciba.intake"),
    /** A message goes out: one try. */
    DELIVERY("ciba.delivery"),
    /** A decision is written down. */
    DECISION("ciba.decision"),
    /** An approval becomes tokens, or lets a request pass. */
    REDEMPTION("ciba.redemption");

    private static final String TRACER = "io.github.cibapack";

    /** OpenTelemetry's name for the kind of a failure. */
    private static final String FAILURE = "error.type";

    private final String span;

    TracedStep(String span) {
        this.span = span;
    }

    /**
     * What is noted of a step.
     *
     * @param span of the step
     */
    public record Notes(Span span) {

        /** The request, by the id that events show. */
        public void request(String authReqId) {
            span.setAttribute("ciba.auth_req_id", authReqId);
        }

        /** How it ended, in a word of a closed list. */
        public void outcome(String word) {
            span.setAttribute("ciba.outcome", word);
        }
    }

    /**
     * The step itself.
     *
     * @param <E> how it may fail
     */
    public interface Work<T, E extends Exception> {

        T take(Notes notes) throws E;
    }

    /** Takes the step within a span. */
    public <T, E extends Exception> T trace(KeycloakSession session, Work<T, E> work) throws E {
        TracingProvider tracing = session.getProvider(TracingProvider.class);
        Span started = tracing.startSpan(TRACER, span);
        try {
            return work.take(new Notes(started));
        } catch (Exception e) {
            // Keycloak's own way keeps the text of an exception, which may hold an address
            started.setAttribute(FAILURE, e.getClass().getSimpleName()).setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            tracing.endSpan();
        }
    }
}
