// SPDX-License-Identifier: Apache-2.0
/**
 * Checks that wait for a decision, without a thread for each, and work that must not hold a
 * request's thread.
 */
package io.github.cibapack.onetime.waiting;
