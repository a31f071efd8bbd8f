// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

/** A limit is reached; whatever the request had taken of other limits has been given back. */
public final class ThrottledException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final String policy;
    private final int retryAfterSeconds;

    ThrottledException(Limit limit, String policy, long retryAfterSeconds) {
        super(limit.detail(), null, false, false);
        this.limit = limit;
        this.policy = policy;
        this.retryAfterSeconds = (int) Math.max(1, retryAfterSeconds);
    }

    public Limit limit() {
        return limit;
    }

    /** The name of the notification policy. */
    public String policy() {
        return policy;
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
