// SPDX-License-Identifier: Apache-2.0
/**
 * The one guard for every URL that the server calls out to: ping endpoints, key sets, webhooks; and
 * why something was not taken. It knows nothing of CIBA, and no class outside of it opens a
 * connection.
 */
package io.github.cibapack.outbound;
