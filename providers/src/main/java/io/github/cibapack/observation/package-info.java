// SPDX-License-Identifier: Apache-2.0
/**
 * What follows from the pack's events: counters, the event of a request that nobody decided, and
 * webhooks. Listens only; nobody calls it.
 */
package io.github.cibapack.observation;
