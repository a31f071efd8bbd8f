// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.IncomingCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.judgement.PassedOn;
import io.github.cibapack.onetime.judgement.Standing;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.waiting.Connection;
import io.github.cibapack.onetime.waiting.Workers;
import io.github.cibapack.store.OneTimeTransactions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What is asked for once a check was answered. */
final class FollowUps {
    private static final int NOT_FOUND = 404;

    private final TokenProviders providers;
    private final Workers workers;

    FollowUps(TokenProviders providers, Workers workers) {
        this.providers = providers;
        this.workers = workers;
    }

    /**
     * The answer that a gateway fetches for its caller.
     *
     * @throws RefusedCheckException where there is none, or another gateway's
     */
    GatewayAnswer keptAnswer(KeycloakSession session, String id) {
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
    }

    /** Where a transaction stands. */
    CompletionStage<GatewayAnswer> status(KeycloakSession session, String id) {
        RealmModel realm = session.getContext().getRealm();
        String correlationId = CorrelationId.of(session);
        boolean elsewhere =
                new OneTimeTransactions(session)
                        .find(id)
                        .flatMap(transaction -> OneTimeRule.withId(realm, transaction.ruleId()))
                        .filter(OneTimeRule::asksElsewhere)
                        .isPresent();
        return elsewhere
                ? workers.remotely(
                                realm.getId(),
                                Connection.ofTheRequest(),
                                later -> standing(later, id, correlationId))
                        .exceptionallyCompose(failure -> refused(failure, correlationId))
                : CompletableFuture.completedStage(standing(session, id, correlationId));
    }

    private GatewayAnswer standing(KeycloakSession session, String id, String correlationId) {
        return new Standing(session, providers, correlationId)
                .of(new OneTimeTransactions(session).find(id));
    }

    private static CompletionStage<GatewayAnswer> refused(Throwable failure, String correlationId) {
        return RefusedCheckException.in(failure)
                .map(why -> CompletableFuture.completedStage(Standing.refused(why, correlationId)))
                .orElseGet(() -> CompletableFuture.failedStage(failure));
    }
}
