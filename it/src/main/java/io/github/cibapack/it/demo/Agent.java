// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.demo.CallingApp.Call;
import io.github.cibapack.it.demo.CallingApp.Order;
import io.github.cibapack.it.demo.CallingApp.Story;
import io.github.cibapack.it.realm.RealmDocument;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An AI agent that books for Alice by the tools of an MCP server. It reads the list of tools
 * unasked; the gateway asks her before a tool is used.
 */
final class Agent {
    private static final String CLIENT = "demo-agent";
    private static final String RULE = "demo-tools";
    private static final String OWNER = "demo-travel";
    private static final int NIGHT = 140;

    private Agent() {}

    /** The rule of the MCP server, the client in whose name it asks, and the agent's own. */
    static void addTo(RealmDocument realm) {
        realm.addClient(OWNER, OWNER + "-secret").put("name", "Example Travel");
        realm.addClient(CLIENT, CLIENT + "-secret")
                .put("name", "Travel agent (AI)")
                .put("directAccessGrantsEnabled", true)
                .withObjectProperty("attributes")
                .put("oidc.ciba.grant.enabled", "false");
        realm.component(
                "ciba-one-time-rule",
                ToolRule.with(
                        "name",
                        RULE,
                        "clientId",
                        OWNER,
                        "gateway",
                        "forwarded",
                        "gatewaySecret",
                        "demo-tools-gateway-secret-change-me"));
    }

    /** Its buttons are nights. */
    static Story story() {
        return new Story(
                CLIENT,
                RULE,
                "/mcp",
                ToolServer::new,
                Stream.of("1", "2", "3")
                        .collect(Collectors.toMap(Function.identity(), Agent::book)));
    }

    private static Order book(String nights) {
        int price = NIGHT * Integer.parseInt(nights);
        return new Order(
                "Hotel Aurora, nights: %s, price: %d EUR".formatted(nights, price),
                List.of(
                        call("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
                        call(
                                """
                                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"%s",\
                                "arguments":{"hotel":"Hotel Aurora","nights":%s,"price":"%d EUR"}}}\
                                """
                                        .formatted(ToolServer.TOOL, nights, price))));
    }

    /** The body goes along in a header, for the rule to show it. */
    private static Call call(String body) {
        String shown = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        return new Call(
                body,
                Map.of(
                        "Accept",
                        "application/json, text/event-stream",
                        "Approval-Body",
                        ":" + shown + ":"));
    }
}
