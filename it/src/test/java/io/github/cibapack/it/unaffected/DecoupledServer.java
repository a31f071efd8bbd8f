// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.SeenSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The decoupled authentication server of an admin who lives on Keycloak's HTTP channel: accepts
 * every request with 201, unless told otherwise, and answers later, through the callback.
 */
public final class DecoupledServer implements AutoCloseable {

    private static final String OPTION =
            "--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri=";

    /** What came in: headers that matter, the body, and the token for the callback. */
    public record Call(String contentType, String token, JsonNode body) {

        public JWTClaimsSet claims() {
            try {
                return SignedJWT.parse(token).getJWTClaimsSet();
            } catch (ParseException e) {
                throw new IllegalStateException("Not a JWT", e);
            }
        }
    }

    private final HttpServer server;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private volatile int status = 201;

    private DecoupledServer(HttpServer server) {
        this.server = server;
    }

    public static DecoupledServer start() {
        try {
            InetAddress address = InetAddress.getByName(isInContainer() ? "0.0.0.0" : "127.0.0.1");
            HttpServer http = HttpServer.create(new InetSocketAddress(address, 0), 0);
            DecoupledServer decoupled = new DecoupledServer(http);
            http.createContext("/", decoupled::accept);
            http.start();
            return decoupled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one server option that such an admin has set. */
    String option() {
        return OPTION + url();
    }

    /** Where Keycloak finds it. */
    public String url() {
        String host = isInContainer() ? "host.docker.internal" : "127.0.0.1";
        return "http://" + host + ":" + server.getAddress().getPort() + "/ask";
    }

    /** The status of its answers from now on; only 201 says that it has taken a request. */
    public void answer(int next) {
        status = next;
    }

    /** The next request that Keycloak makes, or the one that waits already. */
    public Call next() throws InterruptedException {
        Call call = calls.poll(20, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("Keycloak did not call the decoupled server");
        }
        return call;
    }

    public void forget() {
        calls.clear();
    }

    public boolean wasNotCalled() {
        return calls.isEmpty();
    }

    /**
     * Tells Keycloak what the user decided.
     *
     * @param realm the realm's address
     * @param status {@code SUCCEED}, {@code CANCELLED} or {@code UNAUTHORIZED}
     */
    public static Answer callBack(URI realm, Call call, String status) {
        URI callback = URI.create(realm + "/protocol/openid-connect/ext/ciba/auth/callback");
        return RelyingParty.exchange(
                HttpRequest.newBuilder(callback)
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + call.token())
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Json.object().put("status", status).toString()))
                        .build());
    }

    /** The members of a call and the form of their values; the random ones left out. */
    static Map<String, Object> comparable(Call call) {
        Map<String, Object> claims = new TreeMap<>(call.claims().getClaims());
        for (String random : new String[] {"jti", "iat", "exp", "iss", "aud", "sub"}) {
            claims.replace(random, "present");
        }
        Map<String, Object> all = new TreeMap<>();
        all.put("contentType", call.contentType());
        ObjectNode body = call.body().deepCopy();
        // in no order, with or without the pack
        body.put("scope", sortedWords(body.path("scope").asText()));
        all.put("body", body);
        all.put("claims", claims);
        return all;
    }

    private static String sortedWords(String text) {
        return Arrays.stream(text.split(" ")).sorted().collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void accept(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String token = authorization == null ? "" : authorization.replaceFirst("^Bearer ", "");
        SeenSecrets.add(token);
        calls.add(
                new Call(
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        token,
                        Json.MAPPER.readTree(exchange.getRequestBody())));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static boolean isInContainer() {
        return "container".equals(System.getProperty("it.server"));
    }
}
