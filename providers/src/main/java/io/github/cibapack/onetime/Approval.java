// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * What the user has approved.
 *
 * @param subject who approved
 * @param authReqId the id of the authentication request, as events show it
 * @param at the moment, in seconds since the epoch
 * @param acr how the user was authenticated, where that is known
 * @param bindingMessage what the user compared
 */
record Approval(
        String subject,
        String authReqId,
        long at,
        Optional<String> acr,
        Optional<String> bindingMessage) {
    private static final String SUBJECT = "sub";
    private static final String AUTH_REQ_ID = "auth_req_id";
    private static final String AT = "at";
    private static final String ACR = "acr";
    private static final String BINDING_MESSAGE = "binding_message";

    String write() {
        ObjectNode json = JsonSerialization.createObjectNode();
        json.put(SUBJECT, subject).put(AUTH_REQ_ID, authReqId).put(AT, at);
        acr.ifPresent(value -> json.put(ACR, value));
        bindingMessage.ifPresent(value -> json.put(BINDING_MESSAGE, value));
        return json.toString();
    }

    static Approval read(String text) {
        try {
            JsonNode json = JsonSerialization.mapper.readTree(text);
            return new Approval(
                    json.path(SUBJECT).asText(),
                    json.path(AUTH_REQ_ID).asText(),
                    json.path(AT).asLong(),
                    Optional.ofNullable(json.get(ACR)).map(JsonNode::asText),
                    Optional.ofNullable(json.get(BINDING_MESSAGE)).map(JsonNode::asText));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
