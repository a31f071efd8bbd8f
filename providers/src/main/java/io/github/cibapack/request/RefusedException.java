// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

/** A request is refused. Carries what the relying party is told and nothing that it sent. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String reason;

    /**
     * A refusal.
     *
     * @param sentence what the relying party is told; never a value that it sent
     * @param reason the event's reason, for the admin: may tell what the relying party must not
     *     learn
     */
    public RefusedException(Refusal refusal, String sentence, String reason) {
        super(sentence, null, false, false);
        this.refusal = refusal;
        this.reason = reason;
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
}
