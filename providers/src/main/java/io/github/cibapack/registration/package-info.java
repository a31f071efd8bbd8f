// SPDX-License-Identifier: Apache-2.0
/**
 * Dynamic client registration with all client metadata of CIBA Core §4, and without what is an
 * admin's to say. Keycloak's own providers do the registering; what is added is the field that they
 * do not know, and the guard over the attributes of CIBA.
 */
package io.github.cibapack.registration;
