// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example of {@code docs/channels.md} passes calls on in the form that each receiver's API has,
 * and answers so that the pack does the right thing.
 */
class ChannelAdaptersIT {
    private static final Path ADAPTER = Path.of("..", "docs", "examples", "channel_adapter.py");
    private static final String LINK =
            "https://login.example.org/realms/demo/ciba/approve/"
                    + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What a receiver got. */
    private record Got(String path, String authorization, String type, JsonNode body) {}

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private HttpServer api;
    private volatile int status = 200;
    private volatile String answer = "{}";
    private Process adapter;
    private int port;

    @BeforeEach
    void startApi() {
        api = LoopbackHttp.onAnyPort();
        api.createContext("/", this::take);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
        if (adapter != null) {
            adapter.destroy();
            adapter.onExit().join();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        got.add(
                new Got(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        Json.parse(body)));
        byte[] said = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    @Test
    void smsSaysAppMessageAndLink() throws Exception {
        start("sms", Map.of("SMS_URL", url("/send"), "SMS_SENDER", "Acme", "SMS_TOKEN", "t"));
        status = 201;

        assertThat(call(told("Gas pump", "Pump 4: $50"))).isEqualTo(204);

        Got sms = got.get(0);
        assertThat(sms.path()).isEqualTo("POST /send");
        assertThat(sms.authorization()).isEqualTo("Bearer t");
        assertThat(sms.body())
                .isEqualTo(
                        Json.parse(
                                "{\"to\":\"+491700000001\",\"from\":\"Acme\",\"text\":\"Gas pump:"
                                        + " Pump 4: $50 "
                                        + LINK
                                        + "\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Gas pump | A message that is much too long for one SMS that has a link in it,"
                        + " and so is left out | Gas pump LINK",
                "Gas pump | 給油 4 | Gas pump LINK",
                "スタンド | | LINK",
                "Gas pump | {€} | Gas pump: {€} LINK"
            })
    void messageStandsInAnSmsWholeOrNotAtAll(String app, String message, String text)
            throws Exception {
        start("sms", Map.of("SMS_URL", url("/send"), "SMS_SENDER", "Acme", "SMS_TOKEN", "t"));

        assertThat(call(told(app, message))).isEqualTo(204);

        assertThat(got.get(0).body().path("text").asText()).isEqualTo(text.replace("LINK", LINK));
    }

    @Test
    void slackGetsPlainTextAndAButtonAndItsNoIsHeard() throws Exception {
        start("slack", Map.of("SLACK_URL", url("/api/chat.postMessage"), "SLACK_TOKEN", "xoxb-1"));
        answer = "{\"ok\":true,\"ts\":\"1.2\"}";

        assertThat(call(told("Gas pump", "<!channel> *50*"))).isEqualTo(204);

        Got post = got.get(0);
        assertThat(post.path()).isEqualTo("POST /api/chat.postMessage");
        assertThat(post.authorization()).isEqualTo("Bearer xoxb-1");
        assertThat(post.type()).isEqualTo("application/json; charset=utf-8");
        assertThat(post.body().path("channel").asText()).isEqualTo("U012ABCDE");
        assertThat(post.body().path("text").asText()).isNotEmpty();
        JsonNode blocks = post.body().path("blocks");
        assertThat(blocks.path(1).path("text").path("type").asText()).isEqualTo("plain_text");
        assertThat(blocks.path(1).path("text").path("text").asText()).isEqualTo("<!channel> *50*");
        JsonNode button = blocks.path(2).path("elements").path(0);
        assertThat(button.path("type").asText()).isEqualTo("button");
        assertThat(button.path("text").path("type").asText()).isEqualTo("plain_text");
        assertThat(button.path("url").asText()).isEqualTo(LINK);
        assertThat(post.body().toString().split(LINK, -1)).hasSize(2);

        answer = "{\"ok\":false,\"error\":\"channel_not_found\"}";
        assertThat(call(told("Gas pump", "again"))).isEqualTo(422);
    }

    @Test
    void teamsGetsAnAdaptiveCardWithoutMarkdown() throws Exception {
        start("teams", Map.of("TEAMS_URL", url("/workflows/1?sig=x")));
        status = 202;

        assertThat(call(told("Gas pump", "[50](https://elsewhere.example)"))).isEqualTo(204);

        JsonNode message = got.get(0).body();
        assertThat(message.path("type").asText()).isEqualTo("message");
        JsonNode attachment = message.path("attachments").path(0);
        assertThat(attachment.path("contentType").asText())
                .isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode card = attachment.path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("version").asText()).isEqualTo("1.2");
        assertThat(card.path("body").path(1).path("type").asText()).isEqualTo("RichTextBlock");
        assertThat(card.path("body").path(1).path("inlines").path(0).path("text").asText())
                .isEqualTo("[50](https://elsewhere.example)");
        assertThat(card.path("actions").path(0).path("type").asText()).isEqualTo("Action.OpenUrl");
        assertThat(card.path("actions").path(0).path("url").asText()).isEqualTo(LINK);
    }

    @Test
    void ntfyGetsTitleMessageAndAViewAction() throws Exception {
        start("ntfy", Map.of("NTFY_URL", url("/"), "NTFY_TOKEN", "tk_1"));

        assertThat(call(told("Gas pump", "Pump 4"))).isEqualTo(204);

        Got post = got.get(0);
        assertThat(post.path()).isEqualTo("POST /");
        assertThat(post.authorization()).isEqualTo("Bearer tk_1");
        assertThat(post.body().path("topic").asText()).isEqualTo("ada-7f3k");
        assertThat(post.body().path("message").asText()).isEqualTo("Pump 4");
        assertThat(post.body().path("click").asText()).isEqualTo(LINK);
        assertThat(post.body().path("priority").asInt()).isBetween(1, 5);
        JsonNode action = post.body().path("actions").path(0);
        assertThat(action.path("action").asText()).isEqualTo("view");
        assertThat(action.path("url").asText()).isEqualTo(LINK);
    }

    @Test
    void repetitionIsPassedOnOnceAndForgeriesNever() throws Exception {
        start("ntfy", Map.of("NTFY_URL", url("/")));
        ObjectNode told = told("Gas pump", "Pump 4");
        String body = told.toString();
        long now = Instant.now().getEpochSecond();

        assertThat(call(told)).isEqualTo(204);
        assertThat(call(told)).isEqualTo(204);
        assertThat(send(now, "sha256=" + "0".repeat(64), body)).isEqualTo(401);
        assertThat(send(now - 600, Receiver.signature(now - 600, body), body)).isEqualTo(401);

        assertThat(got).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"503, 502", "429, 502", "403, 422", "302, 422"})
    void answerOfTheReceiverDecidesWhetherItIsTriedAgain(int said, int passedBack)
            throws Exception {
        start("ntfy", Map.of("NTFY_URL", url("/")));
        status = said;

        assertThat(call(told("Gas pump", "Pump 4"))).isEqualTo(passedBack);
    }

    @Test
    void whoHasNoFitAddressIsReachedAnotherWay() throws Exception {
        start("sms", Map.of("SMS_URL", url("/send"), "SMS_SENDER", "Acme", "SMS_TOKEN", "t"));
        ObjectNode told = told("Gas pump", "Pump 4");
        ((ObjectNode) told.path("user").path("attributes")).putArray("phoneNumber").add("0170 1");

        assertThat(call(told)).isEqualTo(422);
        assertThat(got).isEmpty();
    }

    private static ObjectNode told(String app, String message) {
        ObjectNode told = Json.MAPPER.createObjectNode();
        told.put("id", UUID.randomUUID().toString()).put("type", "ciba_request");
        told.put("client_name", app).put("title", app + " asks for your approval");
        told.put("request_code", "7K3F").put("link", LINK).put("text", "…");
        if (message != null) {
            told.put("binding_message", message);
        }
        ObjectNode attributes = told.putObject("user").putObject("attributes");
        attributes.putArray("phoneNumber").add("+491700000001");
        attributes.putArray("slackId").add("U012ABCDE");
        attributes.putArray("ntfyTopic").add("ada-7f3k");
        return told;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + api.getAddress().getPort() + path;
    }

    private void start(String kind, Map<String, String> settings) throws IOException {
        port = FreePort.any();
        ProcessBuilder python = new ProcessBuilder("python3", ADAPTER.toString(), kind);
        python.environment().putAll(settings);
        python.environment().put("PORT", Integer.toString(port));
        python.environment().put("CHANNEL_SECRET", Receiver.SECRET);
        python.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        python.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            adapter = python.start();
        } catch (IOException e) {
            Assumptions.abort("python3 is not on the PATH: install it to run the example");
        }
        BufferedReader said = adapter.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo(kind + " on port " + port);
    }

    private int call(JsonNode told) throws Exception {
        String body = told.toString();
        long now = Instant.now().getEpochSecond();
        return send(now, Receiver.signature(now, body), body);
    }

    private int send(long timestamp, String signature, String body) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ring"))
                                .header("X-CIBA-Timestamp", Long.toString(timestamp))
                                .header("X-CIBA-Signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
