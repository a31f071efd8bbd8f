// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * A gateway in front of an API that asks a rule as Caddy does. A real one is configured, not
 * written (see {@code realm-config/gateways}): a machine with nothing but a JDK has none.
 */
final class Gateway implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(65);
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    /** What the rule reads of the caller's own headers; everything else stays here. */
    private static final List<String> FROM_CALLER =
            List.of(
                    "Approval-Body",
                    "Authorization",
                    "Content-Digest",
                    "Content-Type",
                    "One-Time-Authorization",
                    "X-Amount",
                    "X-Payee");

    private static final List<String> TO_CALLER =
            List.of("One-Time-Authorization", "Retry-After", "WWW-Authenticate");

    private final HttpServer server;
    private final ExecutorService threads = LoopbackHttp.threads("demo-gateway");
    private final URI check;
    private final String secret;
    private final String path;
    private final ProtectedApi api;

    private Gateway(HttpServer server, String path, URI check, String secret, ProtectedApi api) {
        this.server = server;
        this.path = path;
        this.check = check;
        this.secret = secret;
        this.api = api;
    }

    /**
     * Starts on any free port of loopback.
     *
     * @param path the API's
     * @param check address of the rule
     * @param secret the rule's gateway secret
     * @param api gets what may pass
     */
    static Gateway open(String path, URI check, String secret, ProtectedApi api) {
        HttpServer server = LoopbackHttp.onAnyPort();
        Gateway gateway = new Gateway(server, path, check, secret, api);
        server.setExecutor(gateway.threads);
        server.createContext(path, gateway::handle);
        server.start();
        return gateway;
    }

    /** Where the API is called, through this gateway. */
    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Optional<Answer> verdict = ask(exchange);
            if (verdict.isEmpty()) {
                answer(exchange, UNAVAILABLE, Map.of("error", "temporarily_unavailable"));
            } else if (verdict.get().status() == OK) {
                pass(exchange, verdict.get().header("One-Time-Authorization-Receipt"), body);
            } else {
                refuse(exchange, verdict.get());
            }
        }
    }

    /** The headers that describe the request are this gateway's own; the body stays here. */
    private Optional<Answer> ask(HttpExchange exchange) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(check)
                        .timeout(TIME_LIMIT)
                        .header("X-Gateway-Secret", secret)
                        .header("X-Forwarded-Method", exchange.getRequestMethod())
                        .header("X-Forwarded-Proto", "http")
                        .header("X-Forwarded-Host", url().getAuthority())
                        .header("X-Forwarded-Uri", exchange.getRequestURI().toString())
                        .header(
                                "X-Forwarded-For",
                                exchange.getRemoteAddress().getAddress().getHostAddress());
        for (String name : FROM_CALLER) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            return Optional.of(RelyingParty.exchange(request.build()));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private void pass(HttpExchange exchange, String receipt, String body) throws IOException {
        try {
            answer(exchange, OK, api.answer(receipt, body));
        } catch (IllegalArgumentException e) {
            answer(
                    exchange,
                    FORBIDDEN,
                    Map.of("error", "not_approved", "error_description", e.getMessage()));
        }
    }

    private static void refuse(HttpExchange exchange, Answer verdict) throws IOException {
        TO_CALLER.stream()
                .filter(name -> !verdict.header(name).isEmpty())
                .forEach(name -> exchange.getResponseHeaders().set(name, verdict.header(name)));
        send(exchange, verdict.status(), verdict.body());
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
            throws IOException {
        send(exchange, status, Json.MAPPER.writeValueAsString(body));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
