// SPDX-License-Identifier: Apache-2.0
/**
 * Refuses what the server could not even read, at the pack's own addresses, before it tries and
 * fails with a stack trace. Filters are live for the whole server: each looks at the path first.
 */
package io.github.cibapack.inbound;
