// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.HashMap;
import java.util.Map;

/**
 * What is kept of an approval for as long as it can be revoked. It outlives its request by up to a
 * day, so it holds ids and the terms of the decision, and nothing of what was shown.
 *
 * @param request as far as it is kept; it ends when the approval can no longer be revoked
 * @param use what the approval was used for
 */
public record Approval(AuthenticationRequest request, Use use) {
    private static final String USER_SESSION = "session";
    private static final String PASSED = "passed";

    /** What an approval was used for. */
    public sealed interface Use {
        /** Nothing so far. */
        record Unused() implements Use {}

        /** Tokens, all of which hang on the user session that the redemption made. */
        record Tokens(String userSessionId) implements Use {}

        /** A gateway has let the approved request pass. */
        record Passed() implements Use {}
    }

    /**
     * The notes to keep.
     *
     * @param until from when it cannot be revoked any more, in seconds since the epoch
     */
    static Map<String, String> notes(AuthenticationRequest request, Use use, long until) {
        Map<String, String> notes = new HashMap<>(request.toLastingNotes(until));
        if (use instanceof Use.Tokens tokens) {
            notes.put(USER_SESSION, tokens.userSessionId());
        } else if (use instanceof Use.Passed) {
            notes.put(PASSED, "true");
        }
        return notes;
    }

    static Approval of(String requestId, Map<String, String> notes) {
        return new Approval(AuthenticationRequest.of(requestId, notes), use(notes));
    }

    private static Use use(Map<String, String> notes) {
        String userSession = notes.get(USER_SESSION);
        if (userSession != null) {
            return new Use.Tokens(userSession);
        }
        return notes.containsKey(PASSED) ? new Use.Passed() : new Use.Unused();
    }
}
