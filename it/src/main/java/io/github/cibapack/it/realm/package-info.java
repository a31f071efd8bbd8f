// SPDX-License-Identifier: Apache-2.0

/** The shipped realm JSON and a fresh realm made of it for each test class. */
package io.github.cibapack.it.realm;
