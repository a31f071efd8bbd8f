// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

/** Authorization details that are refused. */
public final class UnfitDetailsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnfitDetailsException(String sentence, String reason) {
        super(sentence);
        this.reason = reason;
    }

    /** What breaks the rule, in one sentence for the relying party. */
    public String sentence() {
        return getMessage();
    }

    /** For events. */
    public String reason() {
        return reason;
    }
}
