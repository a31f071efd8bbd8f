// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

/**
 * The other side did not take what was sent. Holds a code and nothing that the other side has said.
 */
public final class UndeliveredException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean permanent;
    private final String reason;

    private UndeliveredException(boolean permanent, String reason) {
        super(reason, null, false, false);
        this.permanent = permanent;
        this.reason = reason;
    }

    /** A failure that may pass, or is for good. */
    public static UndeliveredException of(String reason, boolean passes) {
        return new UndeliveredException(!passes, reason);
    }

    public static UndeliveredException forGood(String reason) {
        return new UndeliveredException(true, reason);
    }

    public static UndeliveredException forNow(String reason) {
        return new UndeliveredException(false, reason);
    }

    public boolean isPermanent() {
        return permanent;
    }

    /** For the event: the other side's code, or that there was none. */
    public String reason() {
        return reason;
    }
}
