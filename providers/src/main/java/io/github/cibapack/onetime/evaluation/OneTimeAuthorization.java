// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.jwt.RealmKeys;
import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.GrantedApproval;
import io.github.cibapack.onetime.provider.TokenProvider;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.onetime.transaction.OneTimeTransactions;
import io.github.cibapack.store.Hashes;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Evaluates one request: asks the user, or looks up what the user decided. An approval lets exactly
 * one request pass, the one that it was given for.
 */
final class OneTimeAuthorization {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final OneTimeRule rule;
    private final GatewayCheck check;
    private final TokenProvider provider;
    private final OneTimeTransactions transactions;

    OneTimeAuthorization(
            KeycloakSession session, OneTimeRule rule, TokenProvider provider, GatewayCheck check) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.rule = rule;
        this.check = check;
        this.provider = provider;
        this.transactions = new OneTimeTransactions(session);
    }

    /**
     * Evaluates a request that has just come in.
     *
     * @throws RefusedCheckException if the user cannot be asked
     */
    CheckResult evaluate() {
        if (check.transaction().isPresent()) {
            return resume(check.transaction().get());
        }
        return isGranted() ? passInGrace() : ask();
    }

    /**
     * Evaluates a request whose transaction is known.
     *
     * @throws RefusedCheckException if the provider cannot tell at the moment
     */
    CheckResult resume(String id) {
        Optional<OneTimeTransaction> found = transactions.find(id);
        if (found.isEmpty()) {
            return usedOrUnknown();
        }
        OneTimeTransaction transaction = found.get();
        if (!transaction.ruleId().equals(rule.id()) || !isFor(transaction)) {
            return rejected(RejectionReason.TRANSACTION_MISMATCH);
        }
        return switch (provider.state(transaction)) {
            case PENDING -> new CheckResult.Pending(id, transaction);
            case APPROVED -> pass(id, transaction);
            case DENIED -> rejected(RejectionReason.ACCESS_DENIED);
            case EXPIRED -> rejected(RejectionReason.EXPIRED_TRANSACTION);
            case USED -> usedOrUnknown();
        };
    }

    private CheckResult ask() {
        OneTimeTransaction transaction = provider.ask(check);
        return new CheckResult.Pending(transactions.keep(transaction), transaction);
    }

    /** Using the transaction comes first: whatever fails later, nobody passes twice. */
    private CheckResult pass(String id, OneTimeTransaction transaction) {
        if (rule.get(OneTimeRuleFactory.RECEIPT)) {
            // fails here where there is no key, while nothing is lost
            new RealmKeys(session).active();
        }
        if (!transactions.use(id)) {
            return usedOrUnknown();
        }
        Optional<GrantedApproval> approval = provider.redeem(transaction);
        if (approval.isEmpty()) {
            return rejected(RejectionReason.APPROVAL_VOID);
        }
        if (mayHaveGrace()) {
            transactions.grant(
                    check.binding(),
                    rule.get(OneTimeRuleFactory.GRACE_SECONDS),
                    transaction.request());
        }
        event(CibaEvent.GATEWAY_PASSED)
                .detail(CibaEvents.AUTH_REQ_ID, approval.get().authReqId())
                .success();
        return new CheckResult.Passed(approval);
    }

    private CheckResult usedOrUnknown() {
        return isGranted() ? passInGrace() : rejected(RejectionReason.UNKNOWN_TRANSACTION);
    }

    private boolean isGranted() {
        return mayHaveGrace() && transactions.isGranted(check.binding());
    }

    /** A body that nothing binds could be another one the next time. */
    private boolean mayHaveGrace() {
        return rule.get(OneTimeRuleFactory.GRACE_SECONDS) > 0
                && (check.original().isSafe() || check.original().hasStrongDigest());
    }

    private CheckResult passInGrace() {
        event(CibaEvent.GATEWAY_PASSED).detail(CibaEvents.REASON, "grace").success();
        return new CheckResult.Passed(Optional.empty());
    }

    private boolean isFor(OneTimeTransaction transaction) {
        return Hashes.areEqual(transaction.binding(), check.binding());
    }

    private CheckResult rejected(RejectionReason why) {
        event(CibaEvent.GATEWAY_REFUSED).detail(CibaEvents.REASON, why.error()).error(why.error());
        return new CheckResult.Rejected(why);
    }

    private EventBuilder event(CibaEvent step) {
        return CibaEvents.backgroundEvent(session, realm, step)
                .client(rule.clientId())
                .user(check.caller().userId())
                .detail(CibaEvents.RULE, rule.name())
                .detail(CibaEvents.CORRELATION_ID, check.correlationId());
    }
}
