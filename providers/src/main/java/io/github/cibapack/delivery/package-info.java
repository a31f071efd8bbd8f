// SPDX-License-Identifier: Apache-2.0
/**
 * The queue for all that leaves the node after a commit: mails, pings and webhook calls. Knows
 * nothing of what it sends.
 */
package io.github.cibapack.delivery;
