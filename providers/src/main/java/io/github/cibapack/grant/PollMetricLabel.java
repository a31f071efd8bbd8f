// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** What a poll came to, in a word of a closed list: metrics have no others. */
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

    static String of(Response answer) {
        return PollRefusal.in(answer).map(PollRefusal::word).orElse("tokens");
    }

    static String of(RuntimeException failure) {
        if (StoreOutage.isCauseOf(failure)) {
            return "unavailable";
        }
        return failure instanceof WebApplicationException refusal
                        && refusal.getResponse().getEntity()
                                instanceof OAuth2ErrorRepresentation error
                        && KNOWN.contains(error.getError())
                ? error.getError()
                : "other";
    }
}
