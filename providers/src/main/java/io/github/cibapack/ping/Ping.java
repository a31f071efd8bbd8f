// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import java.util.Optional;

/**
 * A notification on its way, with nothing that needs a session.
 *
 * @param realmId internal id of the realm
 * @param clientId the client's public id, for events
 * @param userId internal id of the user, if known, for events
 * @param shownId the request's id as events show it
 * @param authReqId the id that the relying party was given
 * @param endpoint the client's notification endpoint
 * @param token the bearer token that the relying party sent with its request
 * @param expiresAt end of the request in seconds since the epoch; no attempt is made after it
 */
record Ping(
        String realmId,
        String clientId,
        Optional<String> userId,
        String shownId,
        String authReqId,
        String endpoint,
        String token,
        long expiresAt) {

    /** Without the token and the id that opens something. */
    @Override
    public String toString() {
        return "Ping[" + shownId + "]";
    }
}
