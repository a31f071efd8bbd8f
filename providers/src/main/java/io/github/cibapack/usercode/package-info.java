// SPDX-License-Identifier: Apache-2.0
/**
 * The user code (CIBA Core §7.1): a secret that a client needs to have the user asked. It is a
 * Keycloak credential; the user sets it on a page of Keycloak's login, or an admin sets it.
 */
package io.github.cibapack.usercode;
