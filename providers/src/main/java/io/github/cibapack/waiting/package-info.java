// SPDX-License-Identifier: Apache-2.0
/**
 * Whoever waits for a decision, a gateway or a relying party, without a thread, a session or a
 * database connection for each.
 */
package io.github.cibapack.waiting;
