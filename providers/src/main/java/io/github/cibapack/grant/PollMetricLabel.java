// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import java.util.Set;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.CorsErrorResponseException;

/** How Keycloak's code answered a poll, in a word of a closed list: metrics have no others. */
final class PollMetricLabel {
    private static final Set<String> KNOWN =
            Set.of(
                    "authorization_pending",
                    "slow_down",
                    "access_denied",
                    "expired_token",
                    "invalid_grant",
                    "invalid_request",
                    "unauthorized_client");

    private PollMetricLabel() {}

    static String of(CorsErrorResponseException e) {
        return e.getResponse().getEntity() instanceof OAuth2ErrorRepresentation error
                        && KNOWN.contains(error.getError())
                ? error.getError()
                : "other";
    }
}
