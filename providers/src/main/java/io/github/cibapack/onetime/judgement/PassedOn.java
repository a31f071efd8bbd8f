// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.judgement;

import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.store.OneTimeTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/**
 * An answer in a form that the gateway can pass on. One that passes headers only gets 401 or 403
 * and the id under which it fetches the whole answer for its caller.
 *
 * @param ruleId whose gateway may fetch it
 * @param answer the whole answer
 */
public record PassedOn(String ruleId, GatewayAnswer answer) {
    private static final int REDIRECT = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** The answer in the form that the rule's gateway can pass on. */
    public static GatewayAnswer by(
            KeycloakSession session, OneTimeRule rule, GatewayAnswer answer) {
        if (answer.status() < REDIRECT
                || !rule.get(OneTimeRuleFactory.GATEWAY).passesHeadersOnly()) {
            return answer;
        }
        String kept = write(new PassedOn(rule.id(), answer));
        String realmId = session.getContext().getRealm().getId();
        // the transaction of the request may be about to be rolled back
        String id =
                KeycloakModelUtils.runJobInTransactionWithResult(
                        session.getKeycloakSessionFactory(),
                        alone -> {
                            alone.getContext().setRealm(alone.realms().getRealm(realmId));
                            return new OneTimeTransactions(alone).keepAnswer(kept);
                        });
        int status = answer.status() == UNAUTHORIZED ? UNAUTHORIZED : FORBIDDEN;
        return new GatewayAnswer(status, answer.headers(), null, null).with(Headers.ANSWER, id);
    }

    /** Fetches a kept answer, once. */
    public static Optional<PassedOn> take(KeycloakSession session, String id) {
        return new OneTimeTransactions(session).takeAnswer(id).map(PassedOn::read);
    }

    private static String write(PassedOn kept) {
        try {
            return JsonSerialization.writeValueAsString(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PassedOn read(String kept) {
        try {
            return JsonSerialization.readValue(kept, PassedOn.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
