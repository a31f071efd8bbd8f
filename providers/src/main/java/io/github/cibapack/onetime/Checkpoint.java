// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.Check;
import io.github.cibapack.onetime.check.IncomingCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.Original;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.judgement.Judgement;
import io.github.cibapack.onetime.judgement.PassedOn;
import io.github.cibapack.onetime.judgement.Verdict;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.Coverage;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.waiting.Connection;
import io.github.cibapack.onetime.waiting.Waiters;
import io.github.cibapack.onetime.waiting.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * Answers the checks of gateways: at once, or when another server has answered, or when the user
 * has decided. Nothing but plain values goes from one of these moments to the next: each has a
 * session of its own.
 */
final class Checkpoint {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final TokenProviders providers;
    private final Waiters waiters;
    private final Workers workers;

    Checkpoint(TokenProviders providers, Waiters waiters, Workers workers) {
        this.providers = providers;
        this.waiters = waiters;
        this.workers = workers;
    }

    /**
     * Answers a check.
     *
     * @param session of the request
     * @throws RefusedCheckException where the call is not from the gateway of such a rule
     */
    CompletionStage<GatewayAnswer> check(KeycloakSession session, String ruleName) {
        IncomingCheck incoming = new IncomingCheck(session);
        OneTimeRule rule = incoming.rule(ruleName);
        try {
            Original original = incoming.original(rule);
            return Coverage.of(rule).includes(original)
                    ? judge(session, rule, incoming.check(rule, original))
                    : at(GatewayAnswer.empty(OK));
        } catch (RefusedCheckException e) {
            GatewayAnswer answer = GatewayAnswer.refused(e, CorrelationId.of(session));
            return at(PassedOn.by(session, rule, answer));
        }
    }

    private CompletionStage<GatewayAnswer> judge(
            KeycloakSession session, OneTimeRule rule, Check check) {
        Connection connection = Connection.ofTheRequest();
        return rule.asksElsewhere()
                ? judgeElsewhere(check, connection)
                : judge(session, Judgement.now(session, providers, rule, check), connection);
    }

    private CompletionStage<GatewayAnswer> judgeElsewhere(Check check, Connection connection) {
        return workers.remotely(
                        check.realmId(), connection, later -> judge(later, check, connection))
                .thenCompose(Function.identity())
                .exceptionallyCompose(
                        failure ->
                                RefusedCheckException.in(failure)
                                        .map(why -> answer(check, new Verdict.Refused(why)))
                                        .orElseGet(() -> CompletableFuture.failedStage(failure)));
    }

    private CompletionStage<GatewayAnswer> judge(
            KeycloakSession session, Check check, Connection connection) {
        return Judgement.later(session, providers, check)
                .map(judgement -> judge(session, judgement, connection))
                .orElseGet(() -> at(ruleIsGone(check)));
    }

    private CompletionStage<GatewayAnswer> judge(
            KeycloakSession session, Judgement judgement, Connection connection) {
        Verdict verdict = judgement.first();
        return verdict instanceof Verdict.Pending pending && mayWait(judgement, pending)
                ? hold(session, judgement, pending, connection)
                : at(judgement.answer(verdict));
    }

    private boolean mayWait(Judgement judgement, Verdict.Pending pending) {
        return judgement.rule().holds() && waiters.hasPlaceFor(pending.id());
    }

    private CompletionStage<GatewayAnswer> hold(
            KeycloakSession session,
            Judgement judgement,
            Verdict.Pending pending,
            Connection connection) {
        Check check = judgement.check();
        boolean elsewhere = judgement.rule().asksElsewhere();
        Function<KeycloakSession, GatewayAnswer> end =
                later ->
                        connection.isOpen()
                                ? resume(later, check, pending)
                                : GatewayAnswer.empty(UNAVAILABLE);
        return waiters.await(session, HeldCheck.wait(judgement, pending, providers), connection)
                .thenCompose(
                        over -> {
                            if (!over) {
                                return answer(check, pending);
                            }
                            return elsewhere
                                    ? resumeElsewhere(check, pending, connection, end)
                                    : workers.quickly(check.realmId(), end);
                        });
    }

    /** Where there is no place for that, the caller is told its transaction, to ask again. */
    private CompletionStage<GatewayAnswer> resumeElsewhere(
            Check check,
            Verdict.Pending pending,
            Connection connection,
            Function<KeycloakSession, GatewayAnswer> end) {
        return workers.remotely(check.realmId(), connection, end)
                .exceptionallyCompose(
                        failure ->
                                RefusedCheckException.in(failure).isPresent()
                                        ? answer(check, pending)
                                        : CompletableFuture.failedStage(failure));
    }

    private GatewayAnswer resume(KeycloakSession session, Check check, Verdict.Pending pending) {
        return Judgement.later(session, providers, check)
                .map(judgement -> judgement.answer(judgement.resume(pending)))
                .orElseGet(() -> ruleIsGone(check));
    }

    private CompletionStage<GatewayAnswer> answer(Check check, Verdict verdict) {
        return workers.quickly(
                check.realmId(),
                later ->
                        Judgement.later(later, providers, check)
                                .map(judgement -> judgement.answer(verdict))
                                .orElseGet(() -> ruleIsGone(check)));
    }

    private static GatewayAnswer ruleIsGone(Check check) {
        return GatewayAnswer.error(
                FORBIDDEN,
                "gateway_not_authenticated",
                "There is no such rule.",
                check.correlationId());
    }

    private static CompletionStage<GatewayAnswer> at(GatewayAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
