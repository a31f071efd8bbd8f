// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.SeenSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * A client of the realm that starts authentication requests and polls for their tokens. Immutable:
 * a method that begins with {@code with}, {@code as} or {@code at} gives another relying party.
 */
public final class RelyingParty {

    /** CIBA Core §4. */
    public static final String GRANT_TYPE = "urn:openid:params:grant-type:ciba";

    /** CIBA Core §11: what {@code slow_down} adds to the interval. */
    private static final Duration SLOW_DOWN = Duration.ofSeconds(5);

    /** CIBA Core §7.3: the interval where the answer names none. */
    private static final int DEFAULT_INTERVAL = 5;

    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    private enum SecretIn {
        HEADER,
        BODY,
        NOWHERE
    }

    private final KeycloakServer server;
    private final String realm;
    private final Endpoints endpoints;
    private final String clientId;
    private final String secret;
    private final SecretIn secretIn;
    private final Consumer<Exchange> listener;

    private RelyingParty(
            KeycloakServer server,
            String realm,
            Endpoints endpoints,
            String clientId,
            String secret,
            SecretIn secretIn,
            Consumer<Exchange> listener) {
        this.server = server;
        this.realm = realm;
        this.endpoints = endpoints;
        this.clientId = clientId;
        this.secret = secret;
        this.secretIn = secretIn;
        this.listener = listener;
    }

    /** A client that calls the pack's endpoints with {@code client_secret_basic}. */
    public static RelyingParty of(
            KeycloakServer server, String realm, String clientId, String secret) {
        SeenSecrets.add(secret);
        Endpoints endpoints = Endpoints.as(server, realm);
        return new RelyingParty(
                server, realm, endpoints, clientId, secret, SecretIn.HEADER, exchange -> {});
    }

    /** The same client with {@code client_secret_post}. */
    public RelyingParty withSecretInBody() {
        return new RelyingParty(
                server, realm, endpoints, clientId, secret, SecretIn.BODY, listener);
    }

    /** The same client id with no credentials, as a public client calls. */
    public RelyingParty withoutSecret() {
        return new RelyingParty(
                server, realm, endpoints, clientId, secret, SecretIn.NOWHERE, listener);
    }

    /** The same client id with another secret. */
    public RelyingParty withSecret(String other) {
        SeenSecrets.add(other);
        return new RelyingParty(server, realm, endpoints, clientId, other, secretIn, listener);
    }

    /** The same client at Keycloak's own endpoints. */
    public RelyingParty atKeycloakEndpoints() {
        Endpoints keycloak = Endpoints.keycloak(server, realm);
        return new RelyingParty(server, realm, keycloak, clientId, secret, secretIn, listener);
    }

    /** The same client; the listener gets every exchange once its answer is there. */
    public RelyingParty withListener(Consumer<Exchange> exchanges) {
        return new RelyingParty(server, realm, endpoints, clientId, secret, secretIn, exchanges);
    }

    public String clientId() {
        return clientId;
    }

    /** The realm's issuer, as it stands in tokens. */
    public URI issuer() {
        return endpoints.issuer();
    }

    /** Where this client starts authentication requests. */
    public URI startEndpoint() {
        return endpoints.start();
    }

    /** Where this client polls. */
    public URI tokenEndpoint() {
        return endpoints.token();
    }

    /**
     * Starts an authentication request with these parameters, and with nothing but the client's
     * credentials added.
     */
    public Answer start(Form parameters) {
        return send(endpoints.start(), parameters);
    }

    /**
     * Starts the usual request.
     *
     * @param loginHint who is asked
     * @param bindingMessage what the user compares on both devices
     */
    public Answer start(String loginHint, String bindingMessage) {
        return start(
                Form.of(
                        "scope",
                        "openid",
                        "login_hint",
                        loginHint,
                        "binding_message",
                        bindingMessage));
    }

    /** Starts a request under an idempotency key, which is put between quotation marks. */
    public Answer startOnce(String key, Form parameters) {
        return send(endpoints.start(), parameters, "Idempotency-Key", '"' + key + '"');
    }

    /** Takes a request back. */
    public Answer cancel(String authReqId) {
        return send(URI.create(issuer() + "/as/cancel"), Form.of("auth_req_id", authReqId));
    }

    /** Asks where a request stands. */
    public Answer status(String authReqId) {
        return send(URI.create(issuer() + "/as/status"), Form.of("auth_req_id", authReqId));
    }

    /** Polls once. */
    public Answer poll(String authReqId) {
        return send(endpoints.token(), Form.of("grant_type", GRANT_TYPE, "auth_req_id", authReqId));
    }

    /**
     * Polls at the interval that the answer to the start names until the user has decided or the
     * request is over.
     *
     * @param started the answer to {@link #start}
     * @return the first answer that is neither {@code authorization_pending} nor {@code slow_down}
     */
    public Answer pollUntilDecided(Answer started) {
        AtomicReference<Duration> interval =
                new AtomicReference<>(
                        Duration.ofSeconds(
                                started.json().path("interval").asInt(DEFAULT_INTERVAL)));
        return Awaitility.await("a decision")
                .atMost(TIME_LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval((count, previous) -> interval.get())
                .until(
                        () -> {
                            Answer answer = poll(started.authReqId());
                            if (answer.error().equals("slow_down")) {
                                interval.updateAndGet(seconds -> seconds.plus(SLOW_DOWN));
                            }
                            return answer;
                        },
                        answer -> !answer.isUndecided());
    }

    /**
     * Sends a form with this client's credentials to any endpoint.
     *
     * @param uri where to
     * @param parameters what; the credentials of {@code client_secret_post} are added
     */
    public Answer send(URI uri, Form parameters) {
        return send(uri, parameters, new String[0]);
    }

    /** The same with more headers: name, value, name, value, … */
    public Answer send(URI uri, Form parameters, String... headers) {
        Form form = withCredentials(parameters);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIME_LIMIT);
        request.header("Content-Type", "application/x-www-form-urlencoded");
        String authorization = secretIn == SecretIn.HEADER ? basic() : "";
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        Instant at = Instant.now();
        long started = System.nanoTime();
        Answer answer = exchange(request.build());
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        listener.accept(new Exchange(at, took, uri, authorization, form, answer));
        return answer;
    }

    /** {@code client_secret_basic}: RFC 6749 §2.3.1 has both parts form-encoded first. */
    public String basic() {
        String pair = Form.encoded(clientId) + ":" + Form.encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Form withCredentials(Form parameters) {
        return switch (secretIn) {
            case HEADER -> parameters;
            case BODY -> parameters.and("client_id", clientId).and("client_secret", secret);
            case NOWHERE -> parameters.and("client_id", clientId);
        };
    }

    /**
     * Any request, sent as it is: for bodies, headers and methods that a well-behaved relying party
     * does not send.
     *
     * @param request the whole request
     */
    public static Answer exchange(HttpRequest request) {
        return exchange(HTTP, request);
    }

    /** The same over a client of the caller's own, for example with a certificate. */
    public static Answer exchange(HttpClient http, HttpRequest request) {
        try {
            Answer answer = Answer.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
            List.of("access_token", "id_token", "refresh_token")
                    .forEach(name -> SeenSecrets.add(answer.text(name)));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an answer", e);
        }
    }
}
