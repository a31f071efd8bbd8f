// SPDX-License-Identifier: Apache-2.0
/**
 * The pack on a server: that it starts, what it says of itself, and that the security pages name
 * tests that exist.
 */
package io.github.cibapack.it.server;
