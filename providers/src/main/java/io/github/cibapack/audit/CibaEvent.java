// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps of an authentication request that an admin finds as detail {@code ciba_event}. */
public enum CibaEvent {
    /** A request was accepted. */
    REQUESTED,
    /** A request was refused. */
    REFUSED,
    /** An admin's template or text is broken; the built-in one was used. */
    TEMPLATE_BROKEN,
    /** A request was refused because a limit is reached. */
    THROTTLED,
    /** The mail server has taken the e-mail, or the receiver of another channel its message. */
    SENT,
    /** A message could not be delivered, and the next channel of the policy has taken over. */
    REROUTED,
    /** Nobody has decided yet, so a further channel of the policy is used as well. */
    ESCALATED,
    /** A message could not be delivered; where no other one was, the request is ended. */
    SEND_FAILED,
    /** The page was opened for the first time, by the user or by a mail scanner. */
    OPENED,
    /** The user approved. */
    APPROVED,
    /** The user denied. */
    DENIED,
    /** The user says that somebody else started it: worth an alert. */
    REPORTED,
    /** The user gave a number that the relying party does not show: worth an alert, too. */
    WRONG_NUMBER,
    /** An admin ended the request. */
    CANCELLED,
    /** The relying party took its request back. */
    CANCELLED_BY_CLIENT,
    /** The same request came again with its idempotency key, and got the same answer. */
    REPEATED,
    /** An admin had the e-mail sent once more. */
    RESENT,
    /** Nobody decided in time. */
    EXPIRED,
    /** The relying party got its tokens. */
    REDEEMED,
    /** The relying party was refused tokens for an approved request. */
    REDEMPTION_REFUSED,
    /** The relying party keeps polling too early; the interval has grown as far as it can. */
    POLL_ABUSE,
    /** The relying party has taken the notification of the decision. */
    PINGED,
    /** The relying party could not be notified; it can still poll. */
    PING_FAILED,
    /** The user says afterwards that the approval was somebody else's: worth an alert. */
    REVOKED,
    /** A gateway lets an approved request through. */
    GATEWAY_PASSED,
    /** A gateway's call, or the request that it asks about, is refused. */
    GATEWAY_REFUSED;

    /** The step with this detail, if it is one. */
    public static Optional<CibaEvent> of(String detail) {
        return Arrays.stream(values()).filter(step -> step.detail().equals(detail)).findFirst();
    }

    /**
     * What the step says about the whole request, where it ends it, as detail {@code ciba_result}:
     * one of the two outcomes that the audit log of PingOne knows.
     */
    Optional<String> result() {
        return switch (this) {
            case APPROVED, DENIED, REPORTED -> Optional.of("CIBA Authentication Succeeded");
            case REFUSED,
                    THROTTLED,
                    SEND_FAILED,
                    WRONG_NUMBER,
                    CANCELLED,
                    CANCELLED_BY_CLIENT,
                    EXPIRED,
                    REDEMPTION_REFUSED,
                    REVOKED ->
                    Optional.of("CIBA Authentication Failed");
            default -> Optional.empty();
        };
    }

    public String detail() {
        return name().toLowerCase(Locale.ROOT);
    }
}
