// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;

/**
 * A server that tells people about requests. How it answers is the first word of the path: a
 * status, statuses for one call after the other ({@code 500-200}), or {@code hang}.
 */
public final class Receiver implements AutoCloseable {
    static final String SECRET = "a-channel-secret-of-some-length";

    private static final Duration SOON = Duration.ofSeconds(40);

    /** What came in, and when. */
    public record Call(String path, String key, String timestamp, String signature, String body) {
        public JsonNode json() {
            return Json.parse(body);
        }

        public URI link() {
            return URI.create(json().path("link").asText());
        }

        /** As a receiver checks it. */
        public boolean isGenuine() {
            long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
            return Math.abs(age) < 300
                    && signature.equals(Receiver.signature(Long.parseLong(timestamp), body));
        }
    }

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private Receiver(HttpServer server) {
        this.server = server;
    }

    public static Receiver start() {
        HttpServer http = LoopbackHttp.onAnyPort();
        Receiver receiver = new Receiver(http);
        http.setExecutor(receiver.workers);
        http.createContext("/", receiver::take);
        http.start();
        return receiver;
    }

    /**
     * Where it answers in one way.
     *
     * @param answers see above
     */
    String url(String answers) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + answers;
    }

    /** Lets a realm call machines such as this one. */
    public static void mayBeCalledBy(RealmDocument realm) {
        realm.attribute("ciba.outbound.allow-http", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
    }

    /**
     * Adds a client with a policy of its name, whose webhook channel comes here.
     *
     * @param answers see above
     * @param settings of the policy, its channels among them
     */
    public void addClient(RealmDocument realm, String name, String answers, String... settings) {
        Policies.add(
                realm,
                name,
                Stream.concat(
                                Stream.of(
                                        "webhookChannelUrl",
                                        url(answers),
                                        "webhookChannelSecret",
                                        SECRET),
                                Stream.of(settings))
                        .toArray(String[]::new));
        realm.addClient(name, name + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.policies", name);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        Call call =
                new Call(
                        path,
                        exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                        exchange.getRequestHeaders().getFirst("X-CIBA-Timestamp"),
                        exchange.getRequestHeaders().getFirst("X-CIBA-Signature"),
                        body);
        calls.add(call);
        if (path.equals("/hang")) {
            hang();
        } else {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status(path, call), -1);
        }
        exchange.close();
    }

    private int status(String path, Call call) {
        String[] statuses = path.substring(1).split("-", -1);
        long before = calls.stream().filter(other -> call.key().equals(other.key())).count() - 1;
        return Integer.parseInt(statuses[(int) Math.min(before, statuses.length - 1)]);
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public List<Call> callsOf(Answer started) {
        return calls.stream().filter(call -> isOf(call, started)).toList();
    }

    /** The calls at one path, for tests without a request id. */
    List<Call> callsAt(String path) {
        return calls.stream().filter(call -> call.path().equals("/" + path)).toList();
    }

    public Call awaitCallOf(Answer started) {
        return Awaitility.await("the call for the request")
                .atMost(SOON)
                .until(() -> callsOf(started).stream().findFirst(), Optional::isPresent)
                .get();
    }

    private static boolean isOf(Call call, Answer started) {
        return call.json().path("auth_req_id").asText().equals(started.authReqId());
    }

    /** The header of a genuine call. */
    static String signature(long timestamp, String body) {
        return "sha256=" + hmac(timestamp + "." + body);
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}
