// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import java.util.stream.Stream;

/** The settings of a rule that asks before a tool of an MCP server is used. */
public final class ToolRule {
    private static final String[] SETTINGS = {
        "methods",
        "POST",
        "requireBodyDigest",
        "true",
        "receipt",
        "true",
        "bodyCondition",
        "/method=tools/call",
        "bodyFields",
        "/params/name /params/arguments?",
        "bodyType",
        "mcp_tool_call",
        "bindingMessage",
        "Use the tool ${body:/params/name}"
    };

    private ToolRule() {}

    /**
     * All settings of a rule.
     *
     * @param own key, value, key, value, …
     */
    public static String[] with(String... own) {
        return Stream.of(own, SETTINGS).flatMap(Stream::of).toArray(String[]::new);
    }
}
