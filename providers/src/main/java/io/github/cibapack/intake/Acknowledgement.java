// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The acknowledgement of a request (CIBA Core §7.3).
 *
 * @param authReqId what the relying party polls with
 * @param expiresIn lifetime in seconds
 * @param interval least seconds between two polls
 * @param matchCode the number that the relying party shows, if number matching is on
 */
public record Acknowledgement(
        String authReqId, int expiresIn, int interval, Optional<String> matchCode) {
    /** The name of the code in the answer by which people tell one request from another. */
    public static final String REQUEST_CODE = "request_code";

    /** The name of the number in the answer, beside those of CIBA Core §7.3. */
    public static final String MATCH_CODE = "match_code";

    private static final String ID = "auth_req_id";
    private static final String EXPIRES_IN = "expires_in";
    private static final String INTERVAL = "interval";

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(ID, authReqId);
        notes.put(EXPIRES_IN, Integer.toString(expiresIn));
        notes.put(INTERVAL, Integer.toString(interval));
        matchCode.ifPresent(code -> notes.put(MATCH_CODE, code));
        return notes;
    }

    static Acknowledgement of(Map<String, String> notes) {
        return new Acknowledgement(
                notes.get(ID),
                Integer.parseInt(notes.get(EXPIRES_IN)),
                Integer.parseInt(notes.get(INTERVAL)),
                Optional.ofNullable(notes.get(MATCH_CODE)));
    }
}
