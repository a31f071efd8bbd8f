// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody else's server that is told events. */
final class HookServer implements AutoCloseable {

    /** A call, and what it was answered. */
    record Call(Headers headers, String body, int status) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    private HookServer(HttpServer server) {
        this.server = server;
    }

    static HookServer start() {
        HttpServer server = LoopbackHttp.onAnyPort();
        HookServer hook = new HookServer(server);
        server.createContext("/", hook::answer);
        server.start();
        return hook;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Answers 503 to as many calls. */
    void failNext(int number) {
        failures.set(number);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 200;
        calls.add(new Call(exchange.getRequestHeaders(), body, status));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
