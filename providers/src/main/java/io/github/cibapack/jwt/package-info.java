// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of JWTs from outside, before any library reads them: dates in range, and names that are
 * safe in a log line. All packages may use it.
 */
package io.github.cibapack.jwt;
