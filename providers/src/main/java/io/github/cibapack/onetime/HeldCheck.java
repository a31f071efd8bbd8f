// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

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
        String ruleId = rule.id();
        OneTimeTransaction transaction = pending.transaction();
        return new Waiters.Wait(
                pending.id(),
                judgement.check().realmId(),
                later -> isOver(later, providers, ruleId, transaction),
                rule.asksElsewhere(),
                Duration.ofSeconds(transaction.interval()),
                Duration.ofSeconds(rule.get(OneTimeRuleFactory.HOLD_SECONDS)));
    }

    private static boolean isOver(
            KeycloakSession later,
            TokenProviders providers,
            String ruleId,
            OneTimeTransaction transaction) {
        return OneTimeRule.withId(later.getContext().getRealm(), ruleId)
                .map(rule -> providers.of(later, rule).state(transaction))
                .filter(TokenProvider.State.PENDING::equals)
                .isEmpty();
    }
}
