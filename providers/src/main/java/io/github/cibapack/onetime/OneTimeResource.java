// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.audit.Redacted;
import io.github.cibapack.onetime.evaluation.StoredAnswer;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.store.StoreOutage;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.waiting.CallSession;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What gateways call: the check of a rule, with any method, and below {@code -} the answer that a
 * gateway could not pass on and the status that a caller may look at while it waits.
 */
public final class OneTimeResource {
    private static final Logger LOG = Logger.getLogger(OneTimeResource.class);

    private static final String CHECK = "{rule}{rest: (/.*)?}";
    private static final String ANSWER = "/answer/";
    private static final String STATUS = "/status/";

    private final KeycloakSession session;
    private final CheckHandler checks;
    private final StatusHandler statuses;
    private final String correlationId;

    OneTimeResource(KeycloakSession session, CheckHandler checks, StatusHandler statuses) {
        this.session = session;
        this.checks = checks;
        this.statuses = statuses;
        this.correlationId = CorrelationId.of(session);
        // before 26.7 Keycloak's filter refuses an answer without a body and replaces these headers
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    }

    @GET
    @Path(CHECK)
    public CompletionStage<Response> get(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    @HEAD
    @Path(CHECK)
    public CompletionStage<Response> head(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    @POST
    @Path(CHECK)
    public CompletionStage<Response> post(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    @PUT
    @Path(CHECK)
    public CompletionStage<Response> put(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    @PATCH
    @Path(CHECK)
    public CompletionStage<Response> patch(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    @DELETE
    @Path(CHECK)
    public CompletionStage<Response> delete(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    @OPTIONS
    @Path(CHECK)
    public CompletionStage<Response> options(
            @PathParam("rule") String rule, @PathParam("rest") String rest) {
        return called(rule, rest);
    }

    private CompletionStage<Response> called(String rule, String rest) {
        String id = correlationId;
        try {
            return CallSession.endBefore(
                    answer(rule, rest)
                            .exceptionally(failure -> failed(failure, rule, id))
                            .thenApply(answer -> response(answer, id)),
                    session);
        } catch (RefusedCheckException e) {
            return CompletableFuture.completedStage(response(GatewayAnswer.refused(e, id), id));
        } catch (RuntimeException e) {
            session.getTransactionManager().setRollbackOnly();
            return CompletableFuture.completedStage(response(failed(e, rule, id), id));
        }
    }

    private CompletionStage<GatewayAnswer> answer(String rule, String rest) {
        if (!session.getContext().getRealm().isEnabled()) {
            return notFound();
        }
        if (!OneTimeRuleFactory.NO_RULE.equals(rule)) {
            return checks.check(session, rule);
        }
        if (rest.startsWith(ANSWER)) {
            return CompletableFuture.completedStage(
                    StoredAnswer.fetch(session, rest.substring(ANSWER.length())));
        }
        return rest.startsWith(STATUS)
                ? statuses.status(session, rest.substring(STATUS.length()))
                : notFound();
    }

    private CompletionStage<GatewayAnswer> notFound() {
        return CompletableFuture.completedStage(
                GatewayAnswer.error(
                        Status.NOT_FOUND, "not_found", "There is nothing here.", correlationId));
    }

    /** No request passes if the server itself has failed, or a setting of the rule is broken. */
    static GatewayAnswer failed(Throwable failure, String rule, String correlationId) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof InvalidSettingException broken) {
            // the same at each call until an admin has corrected it
            LOG.errorf(
                    "One-time rule '%s' cannot be used: %s (correlation id %s)",
                    LogLine.of(rule), broken.getMessage(), correlationId);
            return unavailable("The rule cannot be used.", correlationId);
        }
        if (StoreOutage.isCauseOf(failure)) {
            LOG.warnf(Redacted.of(failure), "The store fails (correlation id %s)", correlationId);
            return unavailable("The request cannot be judged at the moment.", correlationId)
                    .after(StoreOutage.RETRY_AFTER_SECONDS);
        }
        LOG.errorf(Redacted.of(failure), "Unexpected failure (correlation id %s)", correlationId);
        return GatewayAnswer.error(
                Status.INTERNAL_SERVER_ERROR,
                "server_error",
                "The request could not be judged.",
                correlationId);
    }

    private static GatewayAnswer unavailable(String sentence, String correlationId) {
        return GatewayAnswer.error(
                Status.SERVICE_UNAVAILABLE, "server_error", sentence, correlationId);
    }

    /** With the headers that Keycloak's own filter cannot set once the session has ended. */
    private static Response response(GatewayAnswer answer, String correlationId) {
        Response.ResponseBuilder response =
                Response.status(answer.status())
                        .header("Cache-Control", "no-store")
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Referrer-Policy", "no-referrer")
                        .header(CorrelationId.HEADER, correlationId);
        answer.headers().forEach(response::header);
        if (answer.body() != null) {
            response.entity(answer.body()).type(answer.contentType() + ";charset=UTF-8");
        }
        return response.build();
    }
}
