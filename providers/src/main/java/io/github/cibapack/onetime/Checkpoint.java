// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.store.OneTimeTransaction;
import io.github.cibapack.store.OneTimeTransactions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Answers the calls of gateways, at once or when the user has decided. */
final class Checkpoint {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Waiters waiters;

    Checkpoint(KeycloakSession session, Waiters waiters) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.waiters = waiters;
    }

    /** Answers a check of a rule. */
    CompletionStage<GatewayAnswer> check(String ruleName) {
        IncomingCheck incoming = new IncomingCheck(session);
        OneTimeRule rule;
        try {
            rule = incoming.rule(ruleName);
        } catch (RefusedCheckException e) {
            return at(refused(e));
        }
        try {
            Original original = incoming.original(rule);
            return Coverage.of(rule).includes(original)
                    ? judge(rule, incoming.check(rule, original))
                    : at(GatewayAnswer.empty(OK));
        } catch (RefusedCheckException e) {
            return at(PassedOn.by(session, rule, refused(e)));
        }
    }

    private CompletionStage<GatewayAnswer> judge(OneTimeRule rule, Check check) {
        Judgement judgement = new Judgement(session, rule, check);
        try {
            Verdict verdict = judgement.first();
            return verdict instanceof Verdict.Pending pending
                            && rule.holds()
                            && waiters.hasPlaceFor(pending.id())
                    ? hold(rule, check, pending)
                    : at(PassedOn.by(session, rule, judgement.answer(verdict)));
        } catch (RefusedCheckException e) {
            return at(PassedOn.by(session, rule, judgement.answer(e)));
        }
    }

    /** Only plain values go into the wait: the session ends with this method. */
    private CompletionStage<GatewayAnswer> hold(
            OneTimeRule rule, Check check, Verdict.Pending pending) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        String ruleId = rule.id();
        OneTimeTransaction transaction = pending.transaction();
        Waiters.Wait wait =
                new Waiters.Wait(
                        pending.id(),
                        check.realmId(),
                        later -> isOver(later, ruleId, transaction),
                        TokenProviders.of(session, rule).isRemote(),
                        Duration.ofSeconds(transaction.interval()),
                        Duration.ofSeconds(rule.get(OneTimeRuleFactory.HOLD_SECONDS)));
        return waiters.await(
                        session,
                        wait,
                        gone -> CurrentRequestManager.get().serverResponse().addCloseHandler(gone))
                .thenApplyAsync(
                        nothing ->
                                KeycloakModelUtils.runJobInTransactionWithResult(
                                        sessions,
                                        later -> Judgement.afterWait(later, check, pending.id())),
                        waiters.workers());
    }

    private static boolean isOver(
            KeycloakSession later, String ruleId, OneTimeTransaction transaction) {
        return OneTimeRule.withId(later.getContext().getRealm(), ruleId)
                .map(rule -> TokenProviders.of(later, rule).state(transaction))
                .filter(TokenProvider.State.PENDING::equals)
                .isEmpty();
    }

    /** The answer that a gateway fetches for its caller. */
    GatewayAnswer keptAnswer(String id) {
        try {
            PassedOn kept =
                    PassedOn.take(session, id)
                            .orElseThrow(
                                    () ->
                                            new RefusedCheckException(
                                                    NOT_FOUND,
                                                    "not_found",
                                                    "There is no such answer."));
            new IncomingCheck(session).ruleWithId(kept.ruleId());
            return kept.answer();
        } catch (RefusedCheckException e) {
            return refused(e);
        }
    }

    /** Where a transaction stands, for who knows its id. */
    GatewayAnswer status(String id) {
        // who knows the id may look, from wherever its page came
        return standing(id).with("Access-Control-Allow-Origin", "*");
    }

    private GatewayAnswer standing(String id) {
        Optional<OneTimeTransaction> transaction = new OneTimeTransactions(session).find(id);
        if (transaction.isEmpty()) {
            return GatewayAnswer.json(OK, Map.of("status", "unknown_or_used"));
        }
        try {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("status", state(transaction.get()).name().toLowerCase(Locale.ROOT));
            body.put("interval", transaction.get().interval());
            body.put(
                    "expires_in",
                    Math.max(0, transaction.get().expiresAt() - Time.currentTimeSeconds()));
            return GatewayAnswer.json(OK, body);
        } catch (RefusedCheckException e) {
            return refused(e);
        }
    }

    private TokenProvider.State state(OneTimeTransaction transaction) {
        return OneTimeRule.withId(realm, transaction.ruleId())
                .map(rule -> TokenProviders.of(session, rule).state(transaction))
                .orElse(TokenProvider.State.EXPIRED);
    }

    private GatewayAnswer refused(RefusedCheckException e) {
        GatewayAnswer answer =
                GatewayAnswer.error(e.status(), e.error(), e.sentence(), CorrelationId.of(session));
        return e.status() == UNAUTHORIZED
                ? answer.with("WWW-Authenticate", "Bearer error=\"" + e.error() + "\"")
                : answer;
    }

    private static CompletionStage<GatewayAnswer> at(GatewayAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
