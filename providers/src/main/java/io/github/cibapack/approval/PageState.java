// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.RevocationResult;
import java.util.Locale;

/** The states in which a person may find the page. */
enum PageState {
    UNDECIDED,
    /** Open, but the person must sign in first. */
    SIGN_IN,
    /** Open, but the person is signed in as somebody else. */
    WRONG_USER,
    APPROVED,
    DENIED,
    REPORTED,
    WRONG_NUMBER,
    /** Approved, used, and revoked afterwards: the access is ended. */
    REVOKED,
    /** Approved, and revoked before it was used. */
    REVOKED_UNUSED,
    /** Approved, let pass by a gateway, and revoked too late for that. */
    REVOKED_LATE,
    /** Approved, and its revocation has not come to an end. */
    NOT_REVOKED,
    /** Ended without a decision of the user. */
    ENDED,
    /** Ended by an admin. */
    CANCELLED,
    /** Taken back by the client that has started it. */
    CANCELLED_BY_CLIENT,
    /** No ticket, or none that is good here and now. */
    UNKNOWN,
    /** A decision that did not come from the page's own form. */
    REFUSED,
    /** The server's store does not answer. */
    UNAVAILABLE;

    static PageState of(Outcome outcome) {
        return switch (outcome.decision()) {
            case APPROVED -> APPROVED;
            case DENIED -> DENIED;
            case REPORTED -> REPORTED;
            case WRONG_NUMBER -> WRONG_NUMBER;
            case UNDELIVERABLE -> ENDED;
            case CANCELLED -> CANCELLED;
            case CANCELLED_BY_CLIENT -> CANCELLED_BY_CLIENT;
        };
    }

    static PageState of(RevocationResult result) {
        return switch (result) {
            case ACCESS_ENDED -> REVOKED;
            case NOT_USED -> REVOKED_UNUSED;
            case ALREADY_PASSED -> REVOKED_LATE;
        };
    }

    /** Whether the user has called it none of their own. */
    boolean isReport() {
        return this == REPORTED
                || this == REVOKED
                || this == REVOKED_UNUSED
                || this == REVOKED_LATE;
    }

    /** Whether the page tells what is asked. */
    boolean isOpen() {
        return this == UNDECIDED || this == SIGN_IN;
    }

    String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
