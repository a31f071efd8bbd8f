// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.gateway.HeaderText;
import io.github.cibapack.onetime.gateway.Headers;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.GrantedApproval;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.rule.Rejection;
import io.github.cibapack.onetime.rule.RejectionHandlers;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.policy.Setting;
import io.github.cibapack.text.Texts;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Turns a result into an HTTP answer. */
final class GatewayAnswers {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final OneTimeRule rule;
    private final GatewayCheck check;

    GatewayAnswers(KeycloakSession session, OneTimeRule rule, GatewayCheck check) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.rule = rule;
        this.check = check;
    }

    GatewayAnswer to(CheckResult result) {
        if (result instanceof CheckResult.Passed passed) {
            return passed(passed.approval());
        }
        if (result instanceof CheckResult.Pending pending) {
            return pending(pending);
        }
        if (result instanceof CheckResult.Refused refused) {
            return refused(refused.why());
        }
        return rejected(((CheckResult.Rejected) result).why());
    }

    private GatewayAnswer refused(RefusedCheckException e) {
        return e.status() == Status.TOO_MANY_REQUESTS
                ? RejectionHandlers.BUILT_IN
                        .get(RejectionHandlers.RATE_LIMIT)
                        .answer(variables(e.error(), e.sentence()))
                        .after(e.retryAfterSeconds())
                : GatewayAnswer.refused(e, check.correlationId());
    }

    private GatewayAnswer passed(Optional<GrantedApproval> approval) {
        GatewayAnswer answer = GatewayAnswer.empty(Status.OK);
        if (approval.isEmpty()) {
            return answer;
        }
        answer =
                answer.with(Headers.USER, HeaderText.of(approval.get().subject()))
                        .with(Headers.ID, HeaderText.of(approval.get().authReqId()));
        return rule.get(OneTimeRuleFactory.RECEIPT)
                ? answer.with(Headers.RECEIPT, new Receipt(session).of(rule, check, approval.get()))
                : answer;
    }

    private GatewayAnswer pending(CheckResult.Pending pending) {
        OneTimeTransaction transaction = pending.transaction();
        String status = check.issuer() + "/" + OneTimeRule.CHECKS + "/-/status/" + pending.id();
        GatewayAnswer answer =
                check.original().isPage()
                        ? waitingPage(pending, status)
                        : GatewayAnswer.json(Status.UNAUTHORIZED, waiting(pending));
        return answer.with(Headers.TRANSACTION, pending.id())
                .after(transaction.interval())
                .with("Location", status)
                // RFC 9470 §3
                .with(
                        "WWW-Authenticate",
                        "Bearer error=\"insufficient_user_authentication\","
                                + " error_description=\"The user has to approve this request\"");
    }

    private GatewayAnswer waitingPage(CheckResult.Pending pending, String status) {
        int interval = pending.transaction().interval();
        long left = secondsLeft(pending);
        return WaitingCookie.kept(
                check, page().waiting(status, interval, left), pending.id(), interval, left);
    }

    /** With the message, so that a program can show its user what to compare. */
    private Map<String, Object> waiting(CheckResult.Pending pending) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", "authorization_pending");
        body.put("transaction", pending.id());
        body.put("binding_message", check.message());
        body.put("interval", pending.transaction().interval());
        body.put("expires_in", secondsLeft(pending));
        return body;
    }

    private static long secondsLeft(CheckResult.Pending pending) {
        return Math.max(0, pending.transaction().expiresAt() - ServerClock.seconds());
    }

    private GatewayPage page() {
        return new GatewayPage(session, rule, check);
    }

    private GatewayAnswer rejected(RejectionReason why) {
        Rejection handler =
                handler(why)
                        .map(setting -> rule.rejection(realm, setting))
                        .orElseGet(() -> RejectionHandlers.BUILT_IN.get(RejectionHandlers.API));
        GatewayAnswer answer =
                handler.isPage()
                        ? page().rejected(why)
                        : handler.answer(variables(why.error(), why.sentence()));
        return check.original().isPage() ? WaitingCookie.forgotten(check, answer) : answer;
    }

    private static Optional<Setting<Optional<String>>> handler(RejectionReason why) {
        return switch (why) {
            case ACCESS_DENIED, APPROVAL_VOID -> Optional.of(OneTimeRuleFactory.DENY_HANDLER);
            case EXPIRED_TRANSACTION -> Optional.of(OneTimeRuleFactory.TIMEOUT_HANDLER);
            case UNKNOWN_TRANSACTION, TRANSACTION_MISMATCH -> Optional.empty();
        };
    }

    private Map<String, String> variables(String reason, String message) {
        return Map.of(
                "reason", reason,
                "message", message,
                "rule", Texts.name(rule.name()),
                "method", check.original().method(),
                "path", check.original().path(),
                "correlationId", check.correlationId());
    }
}
