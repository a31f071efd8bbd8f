// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the pack fits the version of Keycloak that it runs on, and what it does if it does not.
 */
package io.github.cibapack.it.links;
