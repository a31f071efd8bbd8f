// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.evaluation.TransactionStatus;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.transaction.OneTimeTransactions;
import io.github.cibapack.waiting.HeldConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells the status of a transaction: at once, or when another token provider has answered. */
final class StatusHandler {
    private final TokenProviders providers;
    private final GatewayExecutors executors;

    StatusHandler(TokenProviders providers, GatewayExecutors executors) {
        this.providers = providers;
        this.executors = executors;
    }

    CompletionStage<GatewayAnswer> status(KeycloakSession session, String id) {
        RealmModel realm = session.getContext().getRealm();
        String correlationId = CorrelationId.of(session);
        boolean remote =
                new OneTimeTransactions(session)
                        .find(id)
                        .flatMap(transaction -> OneTimeRule.withId(realm, transaction.ruleId()))
                        .filter(OneTimeRule::usesRemoteProvider)
                        .isPresent();
        return remote
                ? executors
                        .runRemote(
                                realm.getId(),
                                HeldConnection.ofTheRequest(),
                                later -> status(later, id, correlationId))
                        .exceptionallyCompose(failure -> refused(failure, correlationId))
                : CompletableFuture.completedStage(status(session, id, correlationId));
    }

    private GatewayAnswer status(KeycloakSession session, String id, String correlationId) {
        return new TransactionStatus(session, providers, correlationId)
                .of(new OneTimeTransactions(session).find(id));
    }

    private static CompletionStage<GatewayAnswer> refused(Throwable failure, String correlationId) {
        return RefusedCheckException.in(failure)
                .map(
                        why ->
                                CompletableFuture.completedStage(
                                        TransactionStatus.refused(why, correlationId)))
                .orElseGet(() -> CompletableFuture.failedStage(failure));
    }
}
