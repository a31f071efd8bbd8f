// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

/** A call got no answer. Holds no part of the URL, the request or the answer. */
public final class OutboundException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Failure {
        /** Not an absolute URL with a host, or one with user information in it. */
        INVALID_URL(false),
        /** Not https, and the realm does not allow http. */
        SCHEME_NOT_ALLOWED(false),
        /** The host has no address that may be called. */
        ADDRESS_NOT_ALLOWED(false),
        UNKNOWN_HOST(true),
        /** No connection, or it broke; TLS failures too. */
        NO_CONNECTION(true),
        TIMED_OUT(true),
        TOO_LARGE(false);

        private final boolean worthRetrying;

        Failure(boolean worthRetrying) {
            this.worthRetrying = worthRetrying;
        }

        public boolean isWorthRetrying() {
            return worthRetrying;
        }
    }

    private final Failure failure;

    OutboundException(Failure failure) {
        super(failure.name());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
