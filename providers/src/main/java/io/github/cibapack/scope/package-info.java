// SPDX-License-Identifier: Apache-2.0
/**
 * The scopes of a request: whether Keycloak grants them, their texts on its consent screen, and
 * what an approval of them holds a client to. Used by the intake of requests, by everything that
 * shows them, and by the redemption.
 */
package io.github.cibapack.scope;
