// SPDX-License-Identifier: Apache-2.0
/**
 * Reactions to the pack's events: counters, the event of an undecided request, and webhooks. It
 * only listens; no other package calls it.
 */
package io.github.cibapack.observation;
