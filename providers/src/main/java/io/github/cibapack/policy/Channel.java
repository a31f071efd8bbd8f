// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

/** How a realm reaches its users. */
public enum Channel {
    /** An e-mail with a magic link. */
    EMAIL,
    /** Keycloak's own HTTP authentication channel, an external decoupled-authentication server. */
    HTTP
}
