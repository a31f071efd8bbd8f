// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** What it takes to decide. */
public enum ApprovalMode {
    /** The link in the mail. */
    LINK,
    /** Being signed in as the user that the request is for. */
    LOGIN,
    /** That, for a user who has a second factor or a passkey; the link for every other one. */
    LOGIN_IF_SECOND_FACTOR
}
