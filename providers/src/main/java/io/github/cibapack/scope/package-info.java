// SPDX-License-Identifier: Apache-2.0
/**
 * The scopes of a request: whether Keycloak grants them, and what they mean in the words of its
 * consent screen. For who takes requests in and who shows them.
 */
package io.github.cibapack.scope;
