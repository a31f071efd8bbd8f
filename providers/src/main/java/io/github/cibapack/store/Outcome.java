// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;

/**
 * What was decided, written once by the decision that won.
 *
 * @param decision how the request ended
 * @param at the moment of the decision, in seconds since the epoch
 */
public record Outcome(Decision decision, long at) {
    private static final String DECISION = "decision";
    private static final String AT = "at";

    Map<String, String> toNotes() {
        return Map.of(DECISION, decision.value(), AT, Long.toString(at));
    }

    static Outcome of(Map<String, String> notes) {
        return new Outcome(Decision.of(notes.get(DECISION)), Long.parseLong(notes.get(AT)));
    }
}
