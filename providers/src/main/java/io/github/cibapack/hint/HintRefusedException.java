// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

/** A token hint does not verify. */
public final class HintRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HintFailure failure;

    HintRefusedException(HintFailure failure) {
        super("The hint token " + failure.check() + ".", null, false, false);
        this.failure = failure;
    }

    public HintFailure failure() {
        return failure;
    }

    /** What the relying party is told: which check failed. */
    public String sentence() {
        return getMessage();
    }
}
