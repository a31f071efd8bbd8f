// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

/** A poll at the documented endpoint gets no tokens. */
public final class PollRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PollState state;

    PollRefusedException(PollState state) {
        super(state.name(), null, false, false);
        this.state = state;
    }

    public PollState state() {
        return state;
    }
}
