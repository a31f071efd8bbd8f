// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Outcome;
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
    /** Ended without a decision of the user. */
    ENDED,
    /** Ended by an admin. */
    CANCELLED,
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
        };
    }

    /** Whether the page tells what is asked. */
    boolean isOpen() {
        return this == UNDECIDED || this == SIGN_IN;
    }

    String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
