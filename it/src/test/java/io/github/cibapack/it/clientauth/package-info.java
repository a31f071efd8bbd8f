// SPDX-License-Identifier: Apache-2.0

/** How clients prove who they are, at the documented endpoints and at Keycloak's own. */
package io.github.cibapack.it.clientauth;
