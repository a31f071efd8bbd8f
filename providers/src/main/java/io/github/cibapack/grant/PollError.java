// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

/** Why a poll at the {@code as} endpoint gets no tokens (CIBA Core §11). */
public enum PollError {
    PENDING,
    SLOW_DOWN,
    DENIED,
    UNDELIVERABLE,
    EXPIRED,
    /** Unknown, redeemed before, or another client's. */
    UNKNOWN,
    NO_AUTH_REQ_ID,
    PUBLIC_CLIENT,
    GRANT_NOT_ALLOWED,
    /** Approved, but the user may not have tokens any more. */
    NO_LONGER_VALID
}
