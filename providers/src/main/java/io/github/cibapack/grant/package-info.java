// SPDX-License-Identifier: Apache-2.0
/** Redemption: the poll that gets tokens, once. Everything that mints tokens is Keycloak's. */
package io.github.cibapack.grant;
