// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.evaluation.CheckEvaluation;
import io.github.cibapack.onetime.evaluation.CheckResult;
import io.github.cibapack.onetime.provider.TokenProvider;
import io.github.cibapack.onetime.provider.TokenProviders;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.waiting.PendingWaits;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What a held check waits for: that its transaction is no longer pending. */
final class HeldCheck {
    private HeldCheck() {}

    /** The wait of a check, in plain values: the session of the check ends before it. */
    static PendingWaits.Wait wait(
            CheckEvaluation evaluation, CheckResult.Pending pending, TokenProviders providers) {
        OneTimeRule rule = evaluation.rule();
        GatewayCheck check = evaluation.check();
        OneTimeTransaction transaction = pending.transaction();
        boolean remote = rule.usesRemoteProvider();
        return new PendingWaits.Wait(
                pending.id(),
                check.realmId(),
                transaction.ruleId(),
                remote ? Optional.empty() : Optional.of(transaction.request()),
                new PendingWaits.Look(
                        later -> {
                            if (remote) {
                                CorrelationId.carryOn(later, check.correlationId());
                            }
                            return isOver(later, providers, transaction);
                        },
                        remote
                                ? Optional.of(Duration.ofSeconds(transaction.interval()))
                                : Optional.empty()),
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
