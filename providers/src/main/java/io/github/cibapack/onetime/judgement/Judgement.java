// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.judgement;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.Check;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/** Judges a check in a session, the request's own or a later one, and words the answer. */
public final class Judgement {
    private static final int UNAUTHORIZED = 401;

    private final KeycloakSession session;
    private final TokenProviders providers;
    private final OneTimeRule rule;
    private final Check check;
    private final boolean later;

    private Judgement(
            KeycloakSession session,
            TokenProviders providers,
            OneTimeRule rule,
            Check check,
            boolean later) {
        this.session = session;
        this.providers = providers;
        this.rule = rule;
        this.check = check;
        this.later = later;
    }

    /** The judgement of a check in the session that it came in with. */
    public static Judgement now(
            KeycloakSession session, TokenProviders providers, OneTimeRule rule, Check check) {
        return new Judgement(session, providers, rule, check, false);
    }

    /**
     * The judgement of a check that came in with an earlier session, by the rule as it is now.
     *
     * @return nothing where the rule is gone
     */
    public static Optional<Judgement> later(
            KeycloakSession session, TokenProviders providers, Check check) {
        CorrelationId.carryOn(session, check.correlationId());
        return Optional.ofNullable(session.getContext().getRealm())
                .flatMap(realm -> OneTimeRule.withId(realm, check.ruleId()))
                .map(rule -> new Judgement(session, providers, rule, check, true));
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

    /** The verdict once a wait is over; the same as before where nobody can say at the moment. */
    public Verdict resume(Verdict.Pending pending) {
        Verdict verdict = verdict(authorization -> authorization.resume(pending.id()));
        return verdict instanceof Verdict.Refused refused && refused.why().isTemporary()
                ? pending
                : verdict;
    }

    /** The answer in the form that the rule's gateway can pass on. */
    public GatewayAnswer answer(Verdict verdict) {
        return PassedOn.by(session, rule, new Answers(session, rule, check).to(verdict));
    }

    private Verdict verdict(Function<OneTimeAuthorization, Verdict> how) {
        try {
            requireStillWelcome();
            return how.apply(
                    new OneTimeAuthorization(session, rule, providers.of(session, rule), check));
        } catch (RefusedCheckException e) {
            return new Verdict.Refused(e);
        }
    }

    /** The caller may have been signed out since. */
    private void requireStillWelcome() {
        if (later && !check.caller().isStillWelcome(session)) {
            throw new RefusedCheckException(
                    UNAUTHORIZED, "invalid_token", "The access token is no longer good.");
        }
    }
}
