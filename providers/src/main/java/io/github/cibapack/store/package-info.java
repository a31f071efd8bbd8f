// SPDX-License-Identifier: Apache-2.0
/**
 * The entries of a request in Keycloak's single-use store, and the atomic operations that decide
 * who wins. The only package that touches the store. Ground floor.
 */
package io.github.cibapack.store;
