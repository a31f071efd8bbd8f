// SPDX-License-Identifier: Apache-2.0

/**
 * Proof that the tests of the most important rules can fail: each rule is broken in turn, and its
 * test must turn red.
 */
package io.github.cibapack.it.mutation;
