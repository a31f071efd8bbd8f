// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.judgement;

import io.github.cibapack.onetime.check.Check;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Judges a check in a session, the request's own or a later one, and words the answer. */
public final class Judgement {
    private static final int UNAUTHORIZED = 401;

    private final KeycloakSession session;
    private final TokenProviders providers;
    private final OneTimeRule rule;
    private final Check check;

    public Judgement(
            KeycloakSession session, TokenProviders providers, OneTimeRule rule, Check check) {
        this.session = session;
        this.providers = providers;
        this.rule = rule;
        this.check = check;
    }

    /**
     * The judgement of a check that came in with an earlier session, by the rule as it is now.
     *
     * @return nothing where the rule is gone
     */
    public static Optional<Judgement> later(
            KeycloakSession session, TokenProviders providers, Check check) {
        RealmModel realm = session.getContext().getRealm();
        return Optional.ofNullable(realm)
                .flatMap(any -> OneTimeRule.withId(any, check.ruleId()))
                .map(rule -> new Judgement(session, providers, rule, check));
    }

    public OneTimeRule rule() {
        return rule;
    }

    public Check check() {
        return check;
    }

    /** The verdict for a request that has just come in. */
    public Verdict first() {
        return verdict(OneTimeAuthorization::judge);
    }

    /** The verdict once a wait is over, for a caller who may have been signed out meanwhile. */
    public Verdict resume(String transaction) {
        return check.caller().isStillWelcome(session)
                ? verdict(authorization -> authorization.resume(transaction))
                : new Verdict.Refused(
                        new RefusedCheckException(
                                UNAUTHORIZED,
                                "invalid_token",
                                "The access token is no longer good."));
    }

    /** The answer in the form that the rule's gateway can pass on. */
    public GatewayAnswer answer(Verdict verdict) {
        return PassedOn.by(session, rule, new Answers(session, rule, check).to(verdict));
    }

    private Verdict verdict(Function<OneTimeAuthorization, Verdict> how) {
        try {
            return how.apply(
                    new OneTimeAuthorization(session, rule, providers.of(session, rule), check));
        } catch (RefusedCheckException e) {
            return new Verdict.Refused(e);
        }
    }
}
