// SPDX-License-Identifier: Apache-2.0
/**
 * Refuses requests that the server cannot read, at the pack's own paths, before the server fails
 * with a stack trace. Filters apply to the whole server, so each checks the path first.
 */
package io.github.cibapack.inbound;
