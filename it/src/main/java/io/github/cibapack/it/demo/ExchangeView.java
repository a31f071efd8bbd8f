// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Exchange;
import io.github.cibapack.it.rp.Form;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * One exchange as the page shows it: no client secret, and tokens cut short.
 *
 * @param at when the request was sent, as ISO 8601
 * @param millis until the answer was there
 * @param uri where to
 * @param authorization the Authorization header; empty if there was none
 * @param form the parameters
 * @param status the HTTP status of the answer
 * @param answer the answer's JSON, indented
 */
record ExchangeView(
        String at,
        long millis,
        String uri,
        String authorization,
        List<Form.Parameter> form,
        int status,
        String answer) {

    private static final String MASK = "••••••••";
    private static final Set<String> TOKENS = Set.of("access_token", "id_token", "refresh_token");
    private static final int TOKEN_SHOWN = 16;

    static ExchangeView of(Exchange exchange) {
        return new ExchangeView(
                exchange.at().toString(),
                exchange.took().toMillis(),
                exchange.uri().toString(),
                maskedAuthorization(exchange.authorization()),
                exchange.form().parameters().stream().map(ExchangeView::masked).toList(),
                exchange.answer().status(),
                shortened(exchange.answer().json()));
    }

    private static String maskedAuthorization(String header) {
        if (!header.startsWith("Basic ")) {
            return header.isEmpty() ? "" : MASK;
        }
        String pair =
                new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        return "Basic base64(" + pair.split(":", 2)[0] + ":" + MASK + ")";
    }

    private static Form.Parameter masked(Form.Parameter parameter) {
        return parameter.name().equals("client_secret")
                ? new Form.Parameter("client_secret", MASK)
                : parameter;
    }

    private static String shortened(JsonNode json) {
        if (json instanceof ObjectNode) {
            ObjectNode copy = json.deepCopy();
            for (String name : TOKENS) {
                String token = copy.path(name).asText();
                if (token.length() > TOKEN_SHOWN) {
                    copy.put(
                            name,
                            "%s… (%d characters)"
                                    .formatted(token.substring(0, TOKEN_SHOWN), token.length()));
                }
            }
            return copy.toPrettyString();
        }
        return json.toPrettyString();
    }
}
