// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.followup.CancelResult;
import io.github.cibapack.grant.PollError;
import io.github.cibapack.grant.PollRefusal;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;

/** How {@code as/cancel} answers. */
final class CancelAnswer {
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;
    private static final int MOMENT = 1;

    private CancelAnswer() {}

    static Response of(KeycloakSession session, AsResponses answers, CancelResult result) {
        return switch (result) {
            case CANCELLED -> answers.ok(Map.of("status", "cancelled"));
            case DECIDED ->
                    answers.error(
                            CONFLICT,
                            "already_decided",
                            "The authorization request has ended already. A poll tells how.");
            case BEING_DECIDED ->
                    answers.error(
                            UNAVAILABLE,
                            "server_error",
                            "The authorization request is being decided at this moment.",
                            OptionalInt.of(MOMENT));
            case EXPIRED -> PollErrors.answer(session, answers, PollRefusal.of(PollError.EXPIRED));
            case UNKNOWN -> PollErrors.answer(session, answers, PollRefusal.of(PollError.UNKNOWN));
        };
    }
}
