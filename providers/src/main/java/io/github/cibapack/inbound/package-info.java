// SPDX-License-Identifier: Apache-2.0
/**
 * Answers at the pack's own paths where no resource of the pack can: requests that the server
 * cannot read, before it fails with a stack trace, and what fails after the resource, at the
 * commit. Filters apply to the whole server, so each checks the path first.
 */
package io.github.cibapack.inbound;
