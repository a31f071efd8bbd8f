// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import java.util.Optional;

/**
 * The acknowledgement of a request (CIBA Core §7.3).
 *
 * @param authReqId what the relying party polls with
 * @param expiresIn lifetime in seconds
 * @param interval least seconds between two polls
 * @param matchCode the number that the relying party shows, where number matching is on
 */
public record Acknowledgement(
        String authReqId, int expiresIn, int interval, Optional<String> matchCode) {
    /** The name of the code in the answer by which people tell one request from another. */
    public static final String REQUEST_CODE = "request_code";

    /** The name of the number in the answer, beside those of CIBA Core §7.3. */
    public static final String MATCH_CODE = "match_code";
}
