// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProvider;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.onetime.transaction.OneTimeTransactions;
import io.github.cibapack.time.ServerClock;
import io.github.cibapack.waiting.HeldConnection;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.keycloak.models.KeycloakSession;

/**
 * Tells where a transaction stands: at once, or when another token provider has answered. Anyone
 * who knows the id may ask, as the answer decides nothing and uses nothing up.
 */
final class StatusHandler {
    private static final String GONE = "unknown_or_used";

    private final TokenProviders providers;
    private final GatewayExecutors executors;

    StatusHandler(TokenProviders providers, GatewayExecutors executors) {
        this.providers = providers;
        this.executors = executors;
    }

    CompletionStage<GatewayAnswer> status(KeycloakSession session, String id) {
        String correlationId = CorrelationId.of(session);
        boolean remote =
                new OneTimeTransactions(session)
                        .find(id)
                        .flatMap(transaction -> rule(session, transaction))
                        .filter(OneTimeRule::usesRemoteProvider)
                        .isPresent();
        CompletionStage<GatewayAnswer> answer =
                remote
                        ? RefusedCheckException.answered(
                                executors.runRemote(
                                        session.getContext().getRealm().getId(),
                                        HeldConnection.ofTheRequest(),
                                        later -> status(later, id, correlationId)),
                                why ->
                                        CompletableFuture.completedStage(
                                                GatewayAnswer.refused(why, correlationId)))
                        : CompletableFuture.completedStage(status(session, id, correlationId));
        // the page that asks may be of any origin
        return answer.thenApply(told -> told.with("Access-Control-Allow-Origin", "*"));
    }

    private GatewayAnswer status(KeycloakSession session, String id, String correlationId) {
        CorrelationId.carryOn(session, correlationId);
        try {
            return new OneTimeTransactions(session)
                    .find(id)
                    .map(transaction -> known(session, transaction))
                    .orElseGet(StatusHandler::gone);
        } catch (RefusedCheckException e) {
            return GatewayAnswer.refused(e, correlationId);
        }
    }

    private GatewayAnswer known(KeycloakSession session, OneTimeTransaction transaction) {
        TokenProvider.State state =
                rule(session, transaction)
                        .map(rule -> providers.of(session, rule).state(transaction))
                        .orElse(TokenProvider.State.EXPIRED);
        if (state == TokenProvider.State.USED) {
            return gone();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", state.name().toLowerCase(Locale.ROOT));
        body.put("interval", transaction.interval());
        body.put("expires_in", Math.max(0, transaction.expiresAt() - ServerClock.seconds()));
        return GatewayAnswer.json(Status.OK, body);
    }

    private static GatewayAnswer gone() {
        return GatewayAnswer.json(Status.OK, Map.of("status", GONE));
    }

    private static Optional<OneTimeRule> rule(
            KeycloakSession session, OneTimeTransaction transaction) {
        return Optional.ofNullable(session.getContext().getRealm())
                .flatMap(realm -> OneTimeRule.withId(realm, transaction.ruleId()));
    }
}
