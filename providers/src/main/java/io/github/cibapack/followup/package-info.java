// SPDX-License-Identifier: Apache-2.0
/**
 * What a relying party may do with a request that it has started at the {@code as} endpoint besides
 * polling: take it back, and ask where it stands. Only the {@code as} endpoints call it.
 */
package io.github.cibapack.followup;
