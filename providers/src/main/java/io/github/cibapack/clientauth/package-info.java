// SPDX-License-Identifier: Apache-2.0
/**
 * Client authentication at the documented endpoints: Keycloak's own authenticators, which know the
 * documented audiences there and nowhere else. The endpoints call {@link
 * io.github.cibapack.clientauth.DocumentedAudiences#accept} before anybody authenticates.
 */
package io.github.cibapack.clientauth;
