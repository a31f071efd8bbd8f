// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import java.util.OptionalInt;

/** A poll at the documented endpoint gets no tokens. */
public final class PollRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PollState state;
    private final int retryAfter;

    PollRefusedException(PollState state) {
        this(state, 0);
    }

    private PollRefusedException(PollState state, int retryAfter) {
        super(state.name(), null, false, false);
        this.state = state;
        this.retryAfter = retryAfter;
    }

    static PollRefusedException slowDown(int retryAfter) {
        return new PollRefusedException(PollState.SLOW_DOWN, retryAfter);
    }

    public PollState state() {
        return state;
    }

    /** Seconds after which a poll is on time; nothing where that is not the question. */
    public OptionalInt retryAfter() {
        return state == PollState.SLOW_DOWN ? OptionalInt.of(retryAfter) : OptionalInt.empty();
    }
}
