// SPDX-License-Identifier: Apache-2.0
/**
 * Ping mode (CIBA Core §10.2): tells a relying party, after the commit and from a worker, that its
 * request has been decided. Listens to the store; nothing calls it, and nothing waits for it.
 */
package io.github.cibapack.ping;
