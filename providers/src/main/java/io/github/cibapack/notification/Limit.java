// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import java.util.EnumSet;
import java.util.Locale;

/** The limits that a request can run into, as the event's detail {@code counter} names them. */
public enum Limit {
    /** E-mails of the day: all of them, or the unclaimed ones. */
    DAY,
    /** One client's share of the day's e-mails. */
    DAY_OF_CLIENT,
    /** E-mails of the day that were responded to. */
    CLAIMED,
    /** One client's share of those. */
    CLAIMED_OF_CLIENT,
    /** The period before a resend. */
    COOLDOWN,
    /** The pause after a client's e-mails that nobody has approved. */
    PAUSE,
    /** The half hour after a client's last resend. */
    RESEND_LIMIT,
    /** What all clients together may send within half an hour. */
    RESEND_LIMIT_OF_ALL,
    PENDING_OF_USER,
    PENDING_OF_CLIENT_AND_USER,
    PENDING_OF_CLIENT,
    PENDING_OF_REALM,
    /** What the server can keep of requests in its memory. */
    MEMORY;

    /** Whether it caps requests and not e-mails. */
    boolean isPendingCap() {
        return EnumSet.range(PENDING_OF_USER, PENDING_OF_REALM).contains(this);
    }

    /**
     * Whether reaching it tells something of the user. What does not is refused also where users
     * are hidden: it counts for hints that name nobody, too.
     */
    public boolean dependsOnUser() {
        return this != PENDING_OF_CLIENT && this != PENDING_OF_REALM && this != MEMORY;
    }

    public String detail() {
        return name().toLowerCase(Locale.ROOT);
    }
}
