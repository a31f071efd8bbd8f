// SPDX-License-Identifier: Apache-2.0
/**
 * The scopes of a request: whether Keycloak grants them, and their texts on its consent screen.
 * Used by the intake of requests and by everything that shows them.
 */
package io.github.cibapack.scope;
