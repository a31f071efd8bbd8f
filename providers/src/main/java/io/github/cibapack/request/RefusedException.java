// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.OptionalInt;

/** A request is refused. Carries what the relying party is told and nothing that it sent. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String reason;
    private final int retryAfterSeconds;

    /**
     * A refusal.
     *
     * @param sentence what the relying party is told; never a value that it sent
     * @param reason the event's reason, for the admin: may tell what the relying party must not
     *     learn
     */
    public RefusedException(Refusal refusal, String sentence, String reason) {
        this(refusal, sentence, reason, 0);
    }

    /**
     * A refusal that passes.
     *
     * @param retryAfterSeconds when to try again; 0 where nobody can say
     * @see #RefusedException(Refusal, String, String)
     */
    public RefusedException(
            Refusal refusal, String sentence, String reason, int retryAfterSeconds) {
        super(sentence, null, false, false);
        this.refusal = refusal;
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public Refusal refusal() {
        return refusal;
    }

    public String sentence() {
        return getMessage();
    }

    public String reason() {
        return reason;
    }

    /** Seconds for the header {@code Retry-After} (RFC 9110 §10.2.3), where there are any. */
    public OptionalInt retryAfter() {
        return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
    }
}
