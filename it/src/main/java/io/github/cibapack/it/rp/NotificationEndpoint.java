// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/** Where a relying party in ping mode is notified (CIBA Core §10.2). */
public final class NotificationEndpoint implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final int NO_CONTENT = 204;

    /**
     * A notification as it came.
     *
     * @param path of the URL
     * @param authorization the header
     * @param contentType the header
     * @param body as it came
     */
    public record Ping(String path, String authorization, String contentType, JsonNode body) {
        public String authReqId() {
            return body.path("auth_req_id").asText();
        }
    }

    private final HttpServer server;
    private final List<Ping> pings = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();

    private NotificationEndpoint(HttpServer server) {
        this.server = server;
    }

    /** An endpoint on the loopback address that answers 204. */
    public static NotificationEndpoint start() {
        try {
            return of(HttpServer.create(anyPort(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over https, as FAPI-CIBA asks. */
    public static NotificationEndpoint start(SSLContext context) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return of(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static NotificationEndpoint of(HttpServer server) {
        NotificationEndpoint endpoint = new NotificationEndpoint(server);
        server.createContext("/", endpoint::take);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return endpoint;
    }

    public URI url() {
        return url("/cb");
    }

    public URI url(String path) {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Answers the next notifications so, one after the other, and all later ones with 204. */
    public void answerNext(Integer... next) {
        statuses.addAll(List.of(next));
    }

    /** All notifications about a request so far. */
    public List<Ping> pings(String authReqId) {
        return pings.stream().filter(ping -> ping.authReqId().equals(authReqId)).toList();
    }

    /** Waits until a request has been notified so often. */
    public List<Ping> await(String authReqId, int times) {
        return Awaitility.await("ping " + times)
                .atMost(TIME_LIMIT)
                .until(() -> pings(authReqId), found -> found.size() >= times);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            pings.add(
                    new Ping(
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            Json.MAPPER.readTree(exchange.getRequestBody())));
            int status = statuses.isEmpty() ? NO_CONTENT : statuses.remove(0);
            exchange.getResponseHeaders().add("Location", url("/elsewhere").toString());
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
