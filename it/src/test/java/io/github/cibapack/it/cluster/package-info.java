// SPDX-License-Identifier: Apache-2.0

/**
 * Two Keycloak nodes over one PostgreSQL: what one node takes, the other knows. Runs with {@code
 * -Pcluster}.
 */
package io.github.cibapack.it.cluster;
