// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.check.IncomingCheck;
import io.github.cibapack.onetime.evaluation.CheckEvaluation;
import io.github.cibapack.onetime.evaluation.CheckResult;
import io.github.cibapack.onetime.evaluation.StoredAnswer;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.RuleMatcher;
import io.github.cibapack.waiting.HeldConnection;
import io.github.cibapack.waiting.PendingWaits;
import io.github.cibapack.waiting.WaitEnd;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Answers the checks of gateways: at once, or when another server has answered, or when the user
 * has decided. Nothing but plain values goes from one of these moments to the next: each has a
 * session of its own.
 */
final class CheckHandler {

    private final TokenProviders providers;
    private final PendingWaits waits;
    private final GatewayExecutors executors;

    CheckHandler(TokenProviders providers, PendingWaits waits, GatewayExecutors executors) {
        this.providers = providers;
        this.waits = waits;
        this.executors = executors;
    }

    /**
     * Answers a check.
     *
     * @param session of the request
     * @throws RefusedCheckException if the call is not from the gateway of such a rule
     */
    CompletionStage<GatewayAnswer> check(KeycloakSession session, String ruleName) {
        IncomingCheck incoming = new IncomingCheck(session);
        OneTimeRule rule = incoming.rule(ruleName);
        try {
            OriginalRequest original = incoming.original(rule);
            return RuleMatcher.of(rule).includes(original) && incoming.needsApproval(rule, original)
                    ? evaluate(session, rule, incoming.check(rule, original))
                    : at(GatewayAnswer.empty(Status.OK));
        } catch (RefusedCheckException e) {
            GatewayAnswer answer = GatewayAnswer.refused(e, CorrelationId.of(session));
            return at(StoredAnswer.by(session, rule, answer));
        }
    }

    private CompletionStage<GatewayAnswer> evaluate(
            KeycloakSession session, OneTimeRule rule, GatewayCheck check) {
        HeldConnection connection = HeldConnection.ofTheRequest();
        return rule.usesRemoteProvider()
                ? evaluateRemotely(check, connection)
                : evaluate(
                        session, CheckEvaluation.of(session, providers, rule, check), connection);
    }

    private CompletionStage<GatewayAnswer> evaluateRemotely(
            GatewayCheck check, HeldConnection connection) {
        return RefusedCheckException.answered(
                executors
                        .runRemote(
                                check.realmId(),
                                connection,
                                later -> evaluate(later, check, connection))
                        .thenCompose(Function.identity()),
                why -> answer(check, new CheckResult.Refused(why)));
    }

    private CompletionStage<GatewayAnswer> evaluate(
            KeycloakSession session, GatewayCheck check, HeldConnection connection) {
        return CheckEvaluation.reload(session, providers, check)
                .map(evaluation -> evaluate(session, evaluation, connection))
                .orElseGet(() -> at(ruleIsGone(check)));
    }

    private CompletionStage<GatewayAnswer> evaluate(
            KeycloakSession session, CheckEvaluation evaluation, HeldConnection connection) {
        CheckResult result = evaluation.evaluate();
        return result instanceof CheckResult.Pending pending && mayWait(evaluation, pending)
                ? hold(session, evaluation, pending, connection)
                : at(evaluation.answer(result));
    }

    private boolean mayWait(CheckEvaluation evaluation, CheckResult.Pending pending) {
        return evaluation.rule().holds() && waits.hasPlaceFor(pending.id());
    }

    private CompletionStage<GatewayAnswer> hold(
            KeycloakSession session,
            CheckEvaluation evaluation,
            CheckResult.Pending pending,
            HeldConnection connection) {
        GatewayCheck check = evaluation.check();
        boolean remote = evaluation.rule().usesRemoteProvider();
        return waits.await(session, HeldCheck.wait(evaluation, pending, providers), connection)
                .thenCompose(
                        how ->
                                how == WaitEnd.OVER
                                        ? resume(check, pending, connection, remote)
                                        : answer(check, pending));
    }

    private CompletionStage<GatewayAnswer> resume(
            GatewayCheck check,
            CheckResult.Pending pending,
            HeldConnection connection,
            boolean remote) {
        Function<KeycloakSession, GatewayAnswer> end =
                later ->
                        connection.isOpen()
                                ? answer(later, check, again -> again.reevaluate(pending))
                                : GatewayAnswer.empty(Status.SERVICE_UNAVAILABLE);
        return remote
                // if it finds no place, the caller is told its transaction, to ask again
                ? RefusedCheckException.answered(
                        executors.runRemote(check.realmId(), connection, end),
                        why -> answer(check, pending))
                : executors.runLocal(check.realmId(), end);
    }

    private CompletionStage<GatewayAnswer> answer(GatewayCheck check, CheckResult result) {
        return executors.runLocal(check.realmId(), later -> answer(later, check, again -> result));
    }

    private GatewayAnswer answer(
            KeycloakSession later,
            GatewayCheck check,
            Function<CheckEvaluation, CheckResult> result) {
        return CheckEvaluation.reload(later, providers, check)
                .map(evaluation -> evaluation.answer(result.apply(evaluation)))
                .orElseGet(() -> ruleIsGone(check));
    }

    private static GatewayAnswer ruleIsGone(GatewayCheck check) {
        return GatewayAnswer.error(
                Status.FORBIDDEN,
                "gateway_not_authenticated",
                "There is no such rule.",
                check.correlationId());
    }

    private static CompletionStage<GatewayAnswer> at(GatewayAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
