// SPDX-License-Identifier: Apache-2.0
/**
 * Counters, claims and transactions over Keycloak's single-use store: what decides who wins, and
 * knows nothing of what is decided.
 */
package io.github.cibapack.store;
