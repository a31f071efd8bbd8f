// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.rp.Answer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One call of the API as the page shows it: tokens are cut short.
 *
 * @param at when it was sent, as ISO 8601
 * @param millis until the answer was there
 * @param path of the URL
 * @param request the whole request
 * @param status the HTTP status of the answer
 * @param error the error in the answer; empty if there is none
 * @param answer the whole answer
 */
record CallView(
        String at,
        long millis,
        String path,
        String request,
        int status,
        String error,
        String answer) {

    private static final int TOKEN_SHOWN = 24;
    private static final List<String> SHOWN =
            List.of("one-time-authorization", "retry-after", "www-authenticate");

    static CallView of(Instant at, Duration took, HttpRequest request, String body, Answer answer) {
        String requestHeaders =
                request.headers().map().entrySet().stream()
                        .map(header -> header.getKey() + ": " + shown(header.getValue().get(0)))
                        .collect(Collectors.joining("\n"));
        String answerHeaders =
                SHOWN.stream()
                        .filter(name -> !answer.header(name).isEmpty())
                        .map(name -> name + ": " + answer.header(name) + "\n")
                        .collect(Collectors.joining());
        return new CallView(
                at.toString(),
                took.toMillis(),
                request.uri().getPath(),
                "%s %s HTTP/1.1%n%s%n%n%s"
                        .formatted(
                                request.method().toUpperCase(Locale.ROOT),
                                request.uri().getPath(),
                                requestHeaders,
                                body),
                answer.status(),
                answer.error(),
                "HTTP/1.1 %d%n%s%n%s"
                        .formatted(answer.status(), answerHeaders, answer.json().toPrettyString()));
    }

    private static String shown(String value) {
        return value.startsWith("Bearer ") && value.length() > TOKEN_SHOWN
                ? value.substring(0, TOKEN_SHOWN) + "…"
                : value;
    }
}
