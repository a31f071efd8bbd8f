// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import org.keycloak.models.OAuth2DeviceCodeModel;

/** Where a request stands. */
public enum RequestState {
    /** No such request, or it has been redeemed. */
    UNKNOWN,
    PENDING,
    APPROVED,
    /** Denied, or ended for another reason: the outcome tells. */
    DENIED,
    EXPIRED;

    /** Whether there is an answer to give, other than that there is none any more. */
    public boolean isDecided() {
        return this == APPROVED || this == DENIED;
    }

    /** Reads the state off Keycloak's record; null is unknown. */
    public static RequestState of(OAuth2DeviceCodeModel request) {
        if (request == null) {
            return UNKNOWN;
        }
        if (request.isExpired()) {
            return EXPIRED;
        }
        if (request.isDenied()) {
            return DENIED;
        }
        return request.isPending() ? PENDING : APPROVED;
    }
}
