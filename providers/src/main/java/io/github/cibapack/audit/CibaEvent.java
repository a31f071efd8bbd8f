// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.Locale;

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
    /** The mail server has taken the e-mail. */
    SENT,
    /** The e-mail could not be delivered; the request is ended. */
    SEND_FAILED,
    /** The user approved. */
    APPROVED,
    /** The user denied. */
    DENIED,
    /** The user says that somebody else started it: worth an alert. */
    REPORTED,
    /** The relying party got its tokens. */
    REDEEMED,
    /** The relying party was refused tokens for an approved request. */
    REDEMPTION_REFUSED,
    /** The relying party keeps polling too early; the interval has grown as far as it can. */
    POLL_ABUSE,
    /** The relying party has taken the notification of the decision. */
    PINGED,
    /** The relying party could not be notified; it can still poll. */
    PING_FAILED;

    /** The value of the event's detail. */
    public String detail() {
        return name().toLowerCase(Locale.ROOT);
    }
}
