// SPDX-License-Identifier: Apache-2.0
/**
 * The user code (CIBA Core §7.1): a secret of the user without which a client may not have the user
 * asked. A credential of Keycloak's, set by the user on a page of Keycloak's login or by an admin.
 */
package io.github.cibapack.usercode;
