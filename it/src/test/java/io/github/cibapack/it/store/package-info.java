// SPDX-License-Identifier: Apache-2.0
/** Keycloak's single-use store keeps what the pack builds on. */
package io.github.cibapack.it.store;
