// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.Check;
import io.github.cibapack.onetime.judgement.Judgement;
import io.github.cibapack.onetime.judgement.Verdict;
import io.github.cibapack.onetime.provider.TokenProvider;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.waiting.Waiters;
import io.github.cibapack.store.OneTimeTransaction;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/** What a check waits for that is held: that its transaction is no longer pending. */
final class HeldCheck {
    private HeldCheck() {}

    /** The wait of a check, in plain values: the session of the check ends before it. */
    static Waiters.Wait wait(
            Judgement judgement, Verdict.Pending pending, TokenProviders providers) {
        OneTimeRule rule = judgement.rule();
        Check check = judgement.check();
        OneTimeTransaction transaction = pending.transaction();
        return new Waiters.Wait(
                pending.id(),
                check.realmId(),
                rule.asksElsewhere()
                        ? later -> {
                            CorrelationId.carryOn(later, check.correlationId());
                            return isOver(later, providers, transaction);
                        }
                        : later -> isOver(later, providers, transaction),
                rule.asksElsewhere(),
                Duration.ofSeconds(transaction.interval()),
                Duration.ofSeconds(rule.get(OneTimeRuleFactory.HOLD_SECONDS)));
    }

    private static boolean isOver(
            KeycloakSession later, TokenProviders providers, OneTimeTransaction transaction) {
        return OneTimeRule.withId(later.getContext().getRealm(), transaction.ruleId())
                .map(rule -> providers.of(later, rule).state(transaction))
                .filter(TokenProvider.State.PENDING::equals)
                .isEmpty();
    }
}
