// SPDX-License-Identifier: Apache-2.0
/**
 * Dynamic client registration with all client metadata of CIBA Core §4, but without the attributes
 * that only an admin may set. Keycloak's own providers register the client; this package adds the
 * metadata field that they do not know and protects the attributes of CIBA.
 */
package io.github.cibapack.registration;
