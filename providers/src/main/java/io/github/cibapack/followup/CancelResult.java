// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.followup;

/** What comes of a relying party's wish to take its request back. */
public enum CancelResult {
    /** The request is taken back, by this call or by an earlier one. */
    CANCELLED,
    /** It has ended in another way, which a poll tells. */
    DECIDED,
    BEING_DECIDED,
    EXPIRED,
    /** Unknown, redeemed, or another client's. */
    UNKNOWN
}
