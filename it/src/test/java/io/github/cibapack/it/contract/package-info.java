// SPDX-License-Identifier: Apache-2.0

/**
 * What a relying party can rely on, tested over plain HTTP: the documented endpoints, Keycloak's
 * own ones with the same channel, and single winners. No browser; the person decides by the POST
 * that the page's form sends.
 */
package io.github.cibapack.it.contract;
