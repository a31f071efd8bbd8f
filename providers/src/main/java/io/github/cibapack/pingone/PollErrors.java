// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.grant.PollError;
import io.github.cibapack.grant.PollRefusal;
import io.github.cibapack.policy.PublicClient;
import jakarta.ws.rs.core.Response;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;

/**
 * The answers of PingOne to polls, to the letter.
 *
 * @param status HTTP status
 * @param error OAuth error code
 * @param sentence description, without the correlation id
 */
record PollErrors(int status, String error, String sentence) {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    /** PingOne's descriptions begin with these two sentences and a colon of their own. */
    private static final String PREFIX =
            "The request could not be completed. There was an issue processing the request.: ";

    /**
     * The answer to a poll, or another call about a request, that gets no more than this. What was
     * written is rolled back.
     */
    static Response answer(KeycloakSession session, AsResponses answers, PollRefusal refusal) {
        PollError state = refusal.state();
        // the interval's lock must stay; in the database it would go with a rollback
        if (state != PollError.PENDING && state != PollError.SLOW_DOWN) {
            session.getTransactionManager().setRollbackOnly();
        }
        return of(state).in(answers, refusal.retryAfter());
    }

    /** The approval was revoked while its session was ending. */
    static Response denied(AsResponses answers) {
        return of(PollError.DENIED).in(answers, OptionalInt.empty());
    }

    private Response in(AsResponses answers, OptionalInt retryAfter) {
        return answers.error(status, error, sentence, retryAfter);
    }

    static PollErrors of(PollError state) {
        return switch (state) {
            case PENDING ->
                    ofPingOne(
                            "authorization_pending", "The authorization request is still pending.");
            case SLOW_DOWN ->
                    ofPingOne(
                            "slow_down",
                            "The authorization request is still pending. Please slow down the poll"
                                    + " requests.");
            case DENIED -> ofPingOne("access_denied", "The authorization request has been denied.");
            case UNDELIVERABLE ->
                    ofPingOne(
                            "access_denied",
                            "The authorization request could not be delivered to the user.");
            case EXPIRED ->
                    ofPingOne(
                            "expired_token",
                            "The authorization request for the provided auth_req_id has expired.");
            case UNKNOWN -> own("invalid_grant", "The auth_req_id is not valid or has been used.");
            case NO_AUTH_REQ_ID -> own("invalid_request", "The auth_req_id parameter is required.");
            case PUBLIC_CLIENT ->
                    new PollErrors(UNAUTHORIZED, "invalid_client", PublicClient.SENTENCE);
            case GRANT_NOT_ALLOWED ->
                    own("unauthorized_client", "The client is not allowed to use the CIBA grant.");
            case NO_LONGER_VALID ->
                    own(
                            "invalid_grant",
                            "The user can no longer be given tokens for this request.");
        };
    }

    private static PollErrors ofPingOne(String error, String sentence) {
        return own(error, PREFIX + sentence);
    }

    private static PollErrors own(String error, String sentence) {
        return new PollErrors(BAD_REQUEST, error, sentence);
    }
}
