// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Judges a check in a session, the request's own or a later one, and words the answer. */
final class Judgement {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final OneTimeAuthorization authorization;
    private final Answers answers;

    Judgement(KeycloakSession session, OneTimeRule rule, Check check) {
        this.authorization =
                new OneTimeAuthorization(session, rule, TokenProviders.of(session, rule), check);
        this.answers = new Answers(session, rule, check);
    }

    /** The verdict for a request that has just come in. */
    Verdict first() {
        return authorization.judge();
    }

    GatewayAnswer answer(Verdict verdict) {
        return answers.to(verdict);
    }

    GatewayAnswer answer(RefusedCheckException e) {
        return answers.to(e);
    }

    /** The answer once a wait is over, in a session of its own. */
    static GatewayAnswer afterWait(KeycloakSession session, Check check, String transaction) {
        RealmModel realm = session.realms().getRealm(check.realmId());
        session.getContext().setRealm(realm);
        Optional<OneTimeRule> found =
                Optional.ofNullable(realm).flatMap(any -> OneTimeRule.withId(any, check.ruleId()));
        if (found.isEmpty()) {
            return GatewayAnswer.error(
                    FORBIDDEN,
                    "gateway_not_authenticated",
                    "There is no such rule.",
                    check.correlationId());
        }
        OneTimeRule rule = found.get();
        Judgement judgement = new Judgement(session, rule, check);
        try {
            if (!check.caller().isStillWelcome(session)) {
                throw new RefusedCheckException(
                        UNAUTHORIZED, "invalid_token", "The access token is no longer good.");
            }
            GatewayAnswer answer = judgement.answer(judgement.authorization.resume(transaction));
            return PassedOn.by(session, rule, answer);
        } catch (RefusedCheckException e) {
            return PassedOn.by(session, rule, judgement.answer(e));
        }
    }
}
