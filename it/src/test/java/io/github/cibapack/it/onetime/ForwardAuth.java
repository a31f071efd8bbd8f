// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.SeenSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The check that Caddy and Traefik make, to be changed in one place before it is sent. */
final class ForwardAuth {
    static final String TRANSACTION = "One-Time-Authorization";

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final RealmFixture realm;
    private final String rule;
    private final Map<String, String> headers;

    private ForwardAuth(RealmFixture realm, String rule, Map<String, String> headers) {
        this.realm = realm;
        this.rule = rule;
        this.headers = headers;
    }

    /** A POST of 50 to a transfer API, by a user with a token. */
    static ForwardAuth check(RealmFixture realm, String rule, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Gateway-Secret", Bank.GATEWAY_SECRET);
        headers.put("X-Forwarded-Method", "POST");
        headers.put("X-Forwarded-Proto", "https");
        headers.put("X-Forwarded-Host", "api.example");
        headers.put("X-Forwarded-Uri", "/transfers?to=bob&amount=50");
        headers.put("X-Forwarded-For", "198.51.100.7");
        headers.put("Authorization", "Bearer " + token);
        return new ForwardAuth(realm, rule, headers);
    }

    ForwardAuth with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new ForwardAuth(realm, rule, changed);
    }

    ForwardAuth without(String header) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        return new ForwardAuth(realm, rule, changed);
    }

    /** The same request again, with the transaction of an answer. */
    ForwardAuth retrying(Answer pending) {
        return with(TRANSACTION, transaction(pending));
    }

    static String transaction(Answer pending) {
        String transaction = pending.header(TRANSACTION);
        SeenSecrets.add(transaction);
        return transaction;
    }

    HttpRequest request() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(realm.url("/one-time-authorization/" + rule))
                        .timeout(TIME_LIMIT);
        headers.forEach(request::header);
        return request.build();
    }

    Answer send() {
        return RelyingParty.exchange(request());
    }

    /** The same with headers that are not in ASCII, which Java's own client does not send. */
    Answer sendIn(Charset charset) {
        URI url = realm.url("/one-time-authorization/" + rule);
        StringBuilder head = new StringBuilder("GET " + url.getPath() + " HTTP/1.0\r\n");
        head.append("Host: ").append(url.getAuthority()).append("\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(Math.toIntExact(TIME_LIMIT.toMillis()));
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(charset));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = answer.split("\r\n\r\n", 2);
            List<String> lines = parts[0].lines().toList();
            Map<String, List<String>> received =
                    lines.stream()
                            .skip(1)
                            .map(line -> line.split(": ", 2))
                            .collect(
                                    Collectors.groupingBy(
                                            line -> line[0],
                                            Collectors.mapping(
                                                    line -> line[1], Collectors.toList())));
            return new Answer(
                    Integer.parseInt(lines.get(0).split(" ", 3)[1]),
                    HttpHeaders.of(received, (name, value) -> true),
                    parts[1],
                    parts[1].isEmpty()
                            ? MissingNode.getInstance()
                            : Json.MAPPER.readTree(parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
