// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.server.LoopbackHttp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes a JWKS that a test can rotate, and counts who comes to fetch it. */
final class JwksServer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile JWKSet keys = new JWKSet();

    JwksServer() {
        server = LoopbackHttp.onAnyPort();
        server.createContext(
                "/jwks",
                exchange -> {
                    fetched.incrementAndGet();
                    byte[] body = keys.toString(true).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    void publish(JWK... published) {
        keys = new JWKSet(List.of(published)).toPublicJWKSet();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    int timesFetched() {
        return fetched.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
