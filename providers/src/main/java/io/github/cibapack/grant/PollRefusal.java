// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A poll at {@code as/token} gets no tokens. It travels through Keycloak's token endpoint as the
 * entity of the grant's response; {@code as/token} takes it out and answers in its own words.
 *
 * @param state why
 * @param retryAfter seconds after which a poll is on time; empty unless it came too early
 * @param held the poll, where it came in time and nothing is decided: it may wait, and is read only
 *     if it does
 */
public record PollRefusal(
        PollError state, OptionalInt retryAfter, Optional<Supplier<HeldPoll>> held)
        implements PollResult {

    public static PollRefusal of(PollError state) {
        return new PollRefusal(state, OptionalInt.empty(), Optional.empty());
    }

    public static PollRefusal slowDown(int retryAfter) {
        return new PollRefusal(PollError.SLOW_DOWN, OptionalInt.of(retryAfter), Optional.empty());
    }

    /** The same, which may wait for an answer. */
    PollRefusal held(Supplier<HeldPoll> poll) {
        return new PollRefusal(state, retryAfter, Optional.of(poll));
    }

    /** The refusal that a response of the grant carries; empty if it is an answer of Keycloak's. */
    public static Optional<PollRefusal> in(Response response) {
        return response.getEntity() instanceof PollRefusal refusal
                ? Optional.of(refusal)
                : Optional.empty();
    }

    Response inResponse() {
        return Response.status(Response.Status.BAD_REQUEST).entity(this).build();
    }

    /** The state in a word of a closed list, for metrics. */
    String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
