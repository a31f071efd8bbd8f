// SPDX-License-Identifier: Apache-2.0
/** A single-use store that is broken on purpose, for a server under test and never for the pack. */
package io.github.cibapack.it.store;
