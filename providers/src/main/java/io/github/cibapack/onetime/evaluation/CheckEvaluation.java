// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/** Evaluates a check in a session, that of its request or a later one, and makes the answer. */
public final class CheckEvaluation {

    private final KeycloakSession session;
    private final TokenProviders providers;
    private final OneTimeRule rule;
    private final GatewayCheck check;
    private final boolean reloaded;

    private CheckEvaluation(
            KeycloakSession session,
            TokenProviders providers,
            OneTimeRule rule,
            GatewayCheck check,
            boolean reloaded) {
        this.session = session;
        this.providers = providers;
        this.rule = rule;
        this.check = check;
        this.reloaded = reloaded;
    }

    /** The evaluation in the session that the check came in with. */
    public static CheckEvaluation of(
            KeycloakSession session,
            TokenProviders providers,
            OneTimeRule rule,
            GatewayCheck check) {
        return new CheckEvaluation(session, providers, rule, check, false);
    }

    /**
     * The evaluation in a later session, by the rule as it is now.
     *
     * @return empty if the rule is gone
     */
    public static Optional<CheckEvaluation> reload(
            KeycloakSession session, TokenProviders providers, GatewayCheck check) {
        CorrelationId.carryOn(session, check.correlationId());
        return Optional.ofNullable(session.getContext().getRealm())
                .flatMap(realm -> OneTimeRule.withId(realm, check.ruleId()))
                .map(rule -> new CheckEvaluation(session, providers, rule, check, true));
    }

    public OneTimeRule rule() {
        return rule;
    }

    public GatewayCheck check() {
        return check;
    }

    /** The result for a request that has just come in. */
    public CheckResult evaluate() {
        return result(OneTimeAuthorization::evaluate);
    }

    /** The result after a wait; still pending if the provider cannot tell at the moment. */
    public CheckResult reevaluate(CheckResult.Pending pending) {
        CheckResult result = result(authorization -> authorization.resume(pending.id()));
        return result instanceof CheckResult.Refused refused && refused.why().isTemporary()
                ? pending
                : result;
    }

    /** The answer in a form that the rule's gateway can pass on. */
    public GatewayAnswer answer(CheckResult result) {
        return StoredAnswer.by(session, rule, new GatewayAnswers(session, rule, check).to(result));
    }

    private CheckResult result(Function<OneTimeAuthorization, CheckResult> how) {
        try {
            requireValidToken();
            return how.apply(
                    new OneTimeAuthorization(session, rule, providers.of(session, rule), check));
        } catch (RefusedCheckException e) {
            return new CheckResult.Refused(e);
        }
    }

    /** The caller may have signed out during the wait. */
    private void requireValidToken() {
        if (reloaded && !check.caller().isTokenStillValid(session)) {
            throw new RefusedCheckException(
                    Status.UNAUTHORIZED, "invalid_token", "The access token is no longer good.");
        }
    }
}
