// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.RequestState;
import java.util.Locale;

/**
 * A request as admins see it. All times are in milliseconds since the epoch.
 *
 * @param state {@code pending}, {@code approved}, {@code denied} or {@code expired}
 * @param decision how it ended, if it did
 * @param requestedFrom the address that the request came from
 * @param expiresAt when it ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestRepresentation(
        String authReqId,
        String state,
        String decision,
        Long decidedAt,
        String client,
        String userId,
        String username,
        String scope,
        String bindingMessage,
        String requestedFrom,
        long createdAt,
        long expiresAt) {
    private static final long MILLIS = 1000;

    static RequestRepresentation of(KnownRequest known) {
        // decided and the outcome not there yet reads as pending, as it does for a poll
        RequestState state = known.state();
        return new RequestRepresentation(
                known.authReqId(),
                state.name().toLowerCase(Locale.ROOT),
                known.outcome().map(outcome -> outcome.decision().value()).orElse(null),
                known.outcome().map(Outcome::at).map(RequestRepresentation::millis).orElse(null),
                known.client().getClientId(),
                known.user().getId(),
                known.user().getUsername(),
                known.request().scope(),
                known.request().bindingMessage().orElse(null),
                known.request().requestedFrom(),
                millis(known.request().createdAt()),
                millis(known.request().expiresAt()));
    }

    static long millis(long seconds) {
        return seconds * MILLIS;
    }
}
