// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import java.util.Locale;

/** Why a request does not pass. */
enum RejectionReason {
    ACCESS_DENIED("The request was not approved."),
    EXPIRED_TRANSACTION("The request was not approved in time."),
    UNKNOWN_TRANSACTION("The transaction was used before, or there is none."),
    TRANSACTION_MISMATCH("The transaction is for another request."),
    APPROVAL_VOID("The approval is no longer valid.");

    private final String sentence;

    RejectionReason(String sentence) {
        this.sentence = sentence;
    }

    /** Short word for programs. */
    String error() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    String sentence() {
        return sentence;
    }
}
