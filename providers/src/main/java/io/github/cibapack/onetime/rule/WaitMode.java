// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

/** What a check does while the user decides. */
public enum WaitMode {
    /** It answers at once, and the caller repeats its request with the transaction. */
    RETRY,
    /** It waits for the decision, then answers. */
    HOLD
}
