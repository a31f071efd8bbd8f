// SPDX-License-Identifier: Apache-2.0
/**
 * The one guard for every URL that the server calls out to: ping endpoints, key sets, webhooks.
 * Ground floor: it knows nothing of CIBA, and no other class of the pack opens a connection.
 */
package io.github.cibapack.outbound;
