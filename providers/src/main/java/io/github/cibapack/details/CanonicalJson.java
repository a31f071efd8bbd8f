// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The canonical form of accepted details (RFC 8785): sorted members, no blanks. Texts have no
 * control characters, and numbers none of the sizes that need an exponent, so that little is left
 * of the RFC.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    static String of(JsonNode node) {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(of(item)));
            return "[" + String.join(",", items) + "]";
        }
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>();
            node.properties()
                    .forEach(member -> members.put(member.getKey(), of(member.getValue())));
            List<String> items = new ArrayList<>();
            members.forEach((name, value) -> items.add(TextNode.valueOf(name) + ":" + value));
            return "{" + String.join(",", items) + "}";
        }
        return node.isNumber() ? number(node.decimalValue()) : node.toString();
    }

    /** The shortest form, without an exponent. */
    static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
