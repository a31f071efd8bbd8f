// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

/** The question of a request cannot be shown to a person as it is: nobody is asked. */
final class UnfitQuestionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * The failure.
     *
     * @param reason for the event
     * @param sentence for the caller
     */
    UnfitQuestionException(String reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    String sentence() {
        return getMessage();
    }
}
