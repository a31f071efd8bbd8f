// SPDX-License-Identifier: Apache-2.0
/**
 * Client authentication at the {@code as} endpoints: Keycloak's own authenticators, which accept
 * further audiences there only. The endpoints call {@link
 * io.github.cibapack.audit.CallContext#enterAs} before the client authenticates.
 */
package io.github.cibapack.clientauth;
