// SPDX-License-Identifier: Apache-2.0

/**
 * What the modules of the OpenID Foundation's FAPI-CIBA plan try, over https and with Keycloak's
 * client profiles {@code fapi-1-advanced} and {@code fapi-ciba} switched on.
 */
package io.github.cibapack.it.fapi;
