// SPDX-License-Identifier: Apache-2.0

/**
 * What worked before the JAR was copied works as before: compared with an untouched Keycloak, which
 * runs beside.
 */
package io.github.cibapack.it.unaffected;
