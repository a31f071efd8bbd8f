// SPDX-License-Identifier: Apache-2.0
/**
 * Providers about the single-use store, for a server under test and never for the pack: a store
 * that is broken on purpose, and the contract that the real one is held to.
 */
package io.github.cibapack.it.store;
