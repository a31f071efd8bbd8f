// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The API behind a gateway: takes note of what arrives, and checks the digest of a body. */
final class Api implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final String CONTENT_DIGEST = "Content-Digest";

    /**
     * A request as it arrived.
     *
     * @param method of the request
     * @param uri path and query, as sent
     * @param headers all of them
     * @param body as text
     * @param accepted whether the body is the one that its digest is of
     */
    record Arrival(String method, String uri, Headers headers, String body, boolean accepted) {

        /** A header's only value; empty if it is not there. */
        String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of(""));
            if (values.size() != 1) {
                throw new AssertionError(name + " arrived more than once: " + values);
            }
            return values.get(0);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    private Api(HttpServer server) {
        this.server = server;
    }

    /** Starts on any free port of loopback. */
    static Api start() {
        HttpServer server = LoopbackHttp.onAnyPort();
        Api api = new Api(server);
        server.createContext("/", api::take);
        server.setExecutor(api.threads);
        server.start();
        return api;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What has arrived with this text in its URI. */
    List<Arrival> arrivals(String inUri) {
        return arrivals.stream().filter(arrival -> arrival.uri().contains(inUri)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String digest = exchange.getRequestHeaders().getFirst(CONTENT_DIGEST);
            boolean accepted = digest == null || digest.equals(ApiCall.digestOf(body));
            arrivals.add(
                    new Arrival(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            exchange.getRequestHeaders(),
                            new String(body, StandardCharsets.UTF_8),
                            accepted));
            boolean page = "GET".equals(exchange.getRequestMethod());
            exchange.getResponseHeaders()
                    .set("Content-Type", page ? "text/html" : "application/json");
            byte[] answer =
                    (page ? "<h1>Your statement</h1>" : "{\"done\":" + accepted + "}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(accepted ? OK : BAD_REQUEST, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
