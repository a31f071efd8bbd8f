// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was decided, written once by the decision that won.
 *
 * @param decision how the request ended
 * @param at the moment of the decision, in seconds since the epoch
 * @param login the login that it rests on; empty if holding the link was enough
 */
public record Outcome(Decision decision, long at, Optional<Login> login) {
    private static final String DECISION = "decision";
    private static final String AT = "at";

    /** The moment that tokens call the authentication: of the login if there was one. */
    public long authTime() {
        return login.map(Login::at).orElse(at);
    }

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(DECISION, decision.value());
        notes.put(AT, Long.toString(at));
        login.ifPresent(seen -> notes.putAll(seen.toNotes()));
        return notes;
    }

    static Outcome of(Map<String, String> notes) {
        return new Outcome(
                Decision.of(notes.get(DECISION)), Long.parseLong(notes.get(AT)), Login.of(notes));
    }
}
