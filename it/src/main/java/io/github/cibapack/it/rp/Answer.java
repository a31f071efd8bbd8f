// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Set;

/**
 * What the server answered.
 *
 * @param status the HTTP status
 * @param headers the HTTP headers
 * @param body the body as it came
 * @param json the body as JSON; a missing node where it is none
 */
public record Answer(int status, HttpHeaders headers, String body, JsonNode json) {

    private static final int OK = 200;
    private static final Set<String> UNDECIDED = Set.of("authorization_pending", "slow_down");

    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers(),
                response.body(),
                parsed(response.body()));
    }

    /** A header's first value, or an empty text. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** A member of the JSON body as text; empty if it is not there. */
    public String text(String member) {
        return json.path(member).asText("");
    }

    /**
     * This answer, if the request was accepted.
     *
     * @throws AssertionError if it was not; the message is the answer
     */
    public Answer accepted() {
        if (status != OK) {
            throw new AssertionError("Not accepted: " + status + " " + body);
        }
        return this;
    }

    /** The id of the authentication request that was started. */
    public String authReqId() {
        return text("auth_req_id");
    }

    /** The OAuth error; empty if there is none. */
    public String error() {
        return text("error");
    }

    /** The sentence that goes with the error; empty if there is none. */
    public String errorDescription() {
        return text("error_description");
    }

    /** Whether this answer to a poll says that the user has not decided yet. */
    public boolean isUndecided() {
        return UNDECIDED.contains(error());
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode tree = Json.MAPPER.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
