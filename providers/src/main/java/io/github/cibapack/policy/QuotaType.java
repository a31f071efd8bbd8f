// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** Whose mails of a day a notification policy counts. */
public enum QuotaType {
    /** Those of one user: counted exactly, on all nodes together. */
    USER,
    /** Those of the whole realm. */
    REALM
}
