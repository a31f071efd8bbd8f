// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.IncomingCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.transaction.OneTimeTransactions;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.text.Json;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.models.KeycloakSession;

/**
 * An answer that is stored for a gateway that passes headers only: the gateway gets 401 or 403 with
 * an id, and fetches the whole answer with it for its caller.
 *
 * @param ruleId the rule whose gateway may fetch it
 * @param answer the whole answer
 */
public record StoredAnswer(String ruleId, GatewayAnswer answer) {
    private static final int REDIRECT = 300;

    /** The answer in the form that the rule's gateway can pass on. */
    public static GatewayAnswer by(
            KeycloakSession session, OneTimeRule rule, GatewayAnswer answer) {
        if (answer.status() < REDIRECT
                || !rule.get(OneTimeRuleFactory.GATEWAY).passesHeadersOnly()) {
            return answer;
        }
        String kept = Json.write(new StoredAnswer(rule.id(), answer));
        // the transaction of the request may be about to be rolled back
        String id =
                new OwnTransaction(session)
                        .run(alone -> new OneTimeTransactions(alone).keepAnswer(kept));
        int unauthorized = Status.UNAUTHORIZED.getStatusCode();
        int status =
                answer.status() == unauthorized ? unauthorized : Status.FORBIDDEN.getStatusCode();
        return new GatewayAnswer(status, answer.headers(), null, null).with(Headers.ANSWER, id);
    }

    /**
     * Fetches a stored answer, once. A call that is not from its gateway leaves it there.
     *
     * @throws RefusedCheckException if there is none, or it belongs to another gateway
     */
    public static GatewayAnswer fetch(KeycloakSession session, String id) {
        OneTimeTransactions kept = new OneTimeTransactions(session);
        StoredAnswer stored =
                kept.answer(id)
                        .map(json -> Json.read(json, StoredAnswer.class))
                        .orElseThrow(StoredAnswer::notFound);
        new IncomingCheck(session).ruleWithId(stored.ruleId());
        if (!kept.useAnswer(id)) {
            throw notFound();
        }
        return stored.answer();
    }

    private static RefusedCheckException notFound() {
        return new RefusedCheckException(Status.NOT_FOUND, "not_found", "There is no such answer.");
    }
}
