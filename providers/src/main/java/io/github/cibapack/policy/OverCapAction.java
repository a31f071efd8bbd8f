// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** What becomes of a request that is over a cap of pending requests. */
public enum OverCapAction {
    REFUSE,
    /** It waits in the user's inbox, and no e-mail is sent. */
    INBOX
}
