// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

/** Something that was sent cannot be taken as it is, or not be shown to a person whole. */
public final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * What is unfit.
     *
     * @param sentence for the caller: what breaks which rule
     * @param reason for events
     */
    public UnfitException(String sentence, String reason) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    public String sentence() {
        return getMessage();
    }

    public String reason() {
        return reason;
    }
}
