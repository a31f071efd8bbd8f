// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProvider;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Where a transaction stands, for who knows its id: it decides nothing and uses nothing up. */
public final class TransactionStatus {
    private static final String GONE = "unknown_or_used";

    private final KeycloakSession session;
    private final TokenProviders providers;
    private final String correlationId;

    public TransactionStatus(
            KeycloakSession session, TokenProviders providers, String correlationId) {
        this.session = session;
        this.providers = providers;
        this.correlationId = correlationId;
    }

    /** The answer to who has asked. */
    public GatewayAnswer of(Optional<OneTimeTransaction> transaction) {
        CorrelationId.carryOn(session, correlationId);
        return forEverybody(
                transaction
                        .map(this::known)
                        .orElseGet(() -> GatewayAnswer.json(Status.OK, Map.of("status", GONE))));
    }

    /** The answer where nobody could look. */
    public static GatewayAnswer refused(RefusedCheckException why, String correlationId) {
        return forEverybody(GatewayAnswer.refused(why, correlationId));
    }

    /** Who knows the id may look, from wherever its page came. */
    private static GatewayAnswer forEverybody(GatewayAnswer answer) {
        return answer.with("Access-Control-Allow-Origin", "*");
    }

    private GatewayAnswer known(OneTimeTransaction transaction) {
        try {
            TokenProvider.State state = state(transaction);
            if (state == TokenProvider.State.USED) {
                return GatewayAnswer.json(Status.OK, Map.of("status", GONE));
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("status", state.name().toLowerCase(Locale.ROOT));
            body.put("interval", transaction.interval());
            body.put("expires_in", Math.max(0, transaction.expiresAt() - ServerClock.seconds()));
            return GatewayAnswer.json(Status.OK, body);
        } catch (RefusedCheckException e) {
            return GatewayAnswer.refused(e, correlationId);
        }
    }

    private TokenProvider.State state(OneTimeTransaction transaction) {
        return Optional.ofNullable(session.getContext().getRealm())
                .flatMap(realm -> OneTimeRule.withId(realm, transaction.ruleId()))
                .map(rule -> providers.of(session, rule).state(transaction))
                .orElse(TokenProvider.State.EXPIRED);
    }
}
