// SPDX-License-Identifier: Apache-2.0

/**
 * A real Keycloak with the pack in it: from the distribution on Maven Central or from an image. Ask
 * {@link io.github.cibapack.it.server.Servers} for one; which kind it is, a test cannot see.
 */
package io.github.cibapack.it.server;
