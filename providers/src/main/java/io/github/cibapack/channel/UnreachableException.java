// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

/** A channel cannot be used for this user now; nothing was stored and nothing sent. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Unreachable why;

    UnreachableException(Unreachable why) {
        super(why.sentence());
        this.why = why;
    }

    public Unreachable why() {
        return why;
    }
}
