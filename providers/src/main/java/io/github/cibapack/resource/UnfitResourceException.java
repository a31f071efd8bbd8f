// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

/** A resource that is refused. */
public final class UnfitResourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    UnfitResourceException(String sentence, String reason) {
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
