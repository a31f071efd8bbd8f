// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.transaction;

import java.util.HashMap;
import java.util.Map;

/**
 * An approval that a gateway's caller waits for.
 *
 * @param ruleId internal id of the rule
 * @param binding hash of what the approval is good for
 * @param request what the token provider knows the request by
 * @param expiresAt in seconds since the epoch
 * @param interval least seconds between two questions to the token provider
 */
public record OneTimeTransaction(
        String ruleId, String binding, String request, long expiresAt, int interval) {
    private static final String RULE = "rule";
    private static final String BINDING = "binding";
    private static final String REQUEST = "request";
    private static final String EXPIRES_AT = "expires";
    private static final String INTERVAL = "interval";

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(RULE, ruleId);
        notes.put(BINDING, binding);
        notes.put(REQUEST, request);
        notes.put(EXPIRES_AT, Long.toString(expiresAt));
        notes.put(INTERVAL, Integer.toString(interval));
        return notes;
    }

    static OneTimeTransaction of(Map<String, String> notes) {
        return new OneTimeTransaction(
                notes.get(RULE),
                notes.get(BINDING),
                notes.get(REQUEST),
                Long.parseLong(notes.get(EXPIRES_AT)),
                Integer.parseInt(notes.get(INTERVAL)));
    }
}
