// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a request's policy asks of the person who decides, as it was when the request was taken in.
 *
 * @param login whether that person must be signed in as the user
 * @param level the level of authentication (ACR) that the login must have reached after the request
 *     was made
 * @param reportBlockMinutes how long "I did not start this" blocks the client for the user
 * @param numbers the numbers to choose from, if number matching is on
 */
public record ApprovalTerms(
        boolean login,
        Optional<String> level,
        int reportBlockMinutes,
        Optional<MatchNumbers> numbers) {
    /** Of a request that another server decides. */
    public static final ApprovalTerms NONE =
            new ApprovalTerms(false, Optional.empty(), 0, Optional.empty());

    private static final String LOGIN = "login";
    private static final String LEVEL = "level";
    private static final String REPORT_BLOCK_MINUTES = "block";
    private static final String NUMBERS = "numbers";

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        if (equals(NONE)) {
            return notes;
        }
        if (login) {
            notes.put(LOGIN, "true");
        }
        level.ifPresent(acr -> notes.put(LEVEL, acr));
        notes.put(REPORT_BLOCK_MINUTES, Integer.toString(reportBlockMinutes));
        numbers.ifPresent(match -> notes.put(NUMBERS, match.toNote()));
        return notes;
    }

    static ApprovalTerms of(Map<String, String> notes) {
        if (!notes.containsKey(REPORT_BLOCK_MINUTES)) {
            return NONE;
        }
        return new ApprovalTerms(
                notes.containsKey(LOGIN),
                Optional.ofNullable(notes.get(LEVEL)),
                Integer.parseInt(notes.get(REPORT_BLOCK_MINUTES)),
                Optional.ofNullable(notes.get(NUMBERS)).map(MatchNumbers::of));
    }

    /** Never prints the numbers. */
    @Override
    public String toString() {
        return "ApprovalTerms[login=" + login + ", level=" + level + "]";
    }
}
