// SPDX-License-Identifier: Apache-2.0
/**
 * Dynamic client registration with all client metadata of CIBA Core §4. Keycloak's own provider
 * does the registering; only the field that it does not know is looked after here.
 */
package io.github.cibapack.registration;
