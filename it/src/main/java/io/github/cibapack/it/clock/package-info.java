// SPDX-License-Identifier: Apache-2.0
/**
 * A clock that tests can put forward: a provider for the server under test, which is never part of
 * the pack, and the remote control for it.
 */
package io.github.cibapack.it.clock;
