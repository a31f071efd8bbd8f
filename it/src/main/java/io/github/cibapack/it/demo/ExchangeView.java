// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Exchange;
import io.github.cibapack.it.rp.Form;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One POST and its answer as the page shows them: no client secret, and tokens cut short.
 *
 * @param at when the request was sent, as ISO 8601
 * @param millis until the answer was there
 * @param path of the URL
 * @param request the whole request
 * @param status the HTTP status of the answer
 * @param error the error in the answer; empty if there is none
 * @param answer the whole answer
 */
record ExchangeView(
        String at,
        long millis,
        String path,
        String request,
        int status,
        String error,
        String answer) {

    private static final String MASK = "••••••••";
    private static final Set<String> TOKENS = Set.of("access_token", "id_token", "refresh_token");
    private static final int TOKEN_SHOWN = 16;
    private static final int HEADER_SHOWN = 80;
    private static final String BEARER = "Bearer ";
    private static final List<String> ANSWER_HEADERS =
            List.of("One-Time-Authorization", "Retry-After", "WWW-Authenticate");

    /** A form of a relying party. */
    static ExchangeView of(Exchange exchange) {
        String authorization = maskedAuthorization(exchange.authorization());
        return view(
                exchange.at(),
                exchange.took(),
                exchange.uri(),
                (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\n")
                        + "Content-Type: application/x-www-form-urlencoded",
                exchange.form().parameters().stream()
                        .map(ExchangeView::masked)
                        .map(parameter -> parameter.name() + "=" + parameter.value())
                        .collect(Collectors.joining("\n")),
                exchange.answer());
    }

    /** A call of an API. */
    static ExchangeView of(
            Instant at, Duration took, HttpRequest request, CallingApp.Call call, Answer answer) {
        return view(
                at,
                took,
                request.uri(),
                request.headers().map().entrySet().stream()
                        .map(header -> header.getKey() + ": " + shortened(header.getValue().get(0)))
                        .collect(Collectors.joining("\n")),
                call.body(),
                answer);
    }

    private static ExchangeView view(
            Instant at, Duration took, URI uri, String headers, String body, Answer answer) {
        return new ExchangeView(
                at.toString(),
                took.toMillis(),
                uri.getPath(),
                "POST %s HTTP/1.1\nHost: %s\n%s\n\n%s"
                        .formatted(uri.getPath(), uri.getAuthority(), headers, body),
                answer.status(),
                answer.error(),
                "HTTP/1.1 %d\n%s\n%s"
                        .formatted(
                                answer.status(),
                                ANSWER_HEADERS.stream()
                                        .filter(name -> !answer.header(name).isEmpty())
                                        .map(name -> name + ": " + answer.header(name) + "\n")
                                        .collect(Collectors.joining()),
                                shortened(answer.json())));
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

    /** The value of a header: a token is a secret, and a body in a header is long. */
    private static String shortened(String value) {
        int shown = value.startsWith(BEARER) ? BEARER.length() + TOKEN_SHOWN : HEADER_SHOWN;
        return value.length() > shown ? value.substring(0, shown) + "…" : value;
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
