// SPDX-License-Identifier: Apache-2.0
/**
 * Who listens to what happens to requests: Keycloak's events, metrics, pings and the expiry of
 * undecided requests; and to Keycloak's events: webhooks. No other package calls it.
 */
package io.github.cibapack.observation;
