// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.rp.Json;
import java.util.List;
import java.util.Map;

/**
 * A travel agency's MCP server with one tool, as much of it as the demo needs. Everybody may read
 * the list of tools; a tool is used with a receipt for this very call.
 *
 * @param receipts of its rule
 */
record ToolServer(ApprovalReceipts receipts) implements ProtectedApi {
    static final String TOOL = "book_hotel";

    @Override
    public Map<String, Object> answer(String receipt, String body) {
        JsonNode call = Json.parse(body);
        Map<String, Object> result =
                switch (call.path("method").asText()) {
                    case "tools/list" -> Map.of("tools", List.of(Map.of("name", TOOL)));
                    case "tools/call" -> use(receipts.verified(receipt, body), call);
                    default -> throw new IllegalArgumentException("No such method.");
                };
        return Map.of("jsonrpc", "2.0", "id", call.path("id").asInt(), "result", result);
    }

    private static Map<String, Object> use(JWTClaimsSet approved, JsonNode call) {
        JsonNode params = call.path("params");
        if (!params.path("name").asText().equals(TOOL)) {
            throw new IllegalArgumentException("No such tool.");
        }
        String booked = "Booked: " + params.at("/arguments/hotel").asText();
        return Map.of(
                "content",
                List.of(Map.of("type", "text", "text", booked)),
                "_meta",
                Map.of("receipt", approved.toJSONObject()));
    }
}
